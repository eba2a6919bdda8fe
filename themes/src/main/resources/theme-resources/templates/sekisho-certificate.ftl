<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- The browser brought a client certificate. contact; posts nothing, or cancel=true for the other ways -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-certificate-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <p class="sekisho-text">${msg("sekisho-certificate-text")}</p>
        <form id="sekisho-certificate-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-certificate" name="certificate" value="true" label=msg("sekisho-certificate-start") />
                <@sekisho.button id="sekisho-certificate-other" name="cancel" value="true" primary=false label=msg("sekisho-certificate-other") />
            </div>
        </form>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
