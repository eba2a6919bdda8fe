<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- enrolled (just now, else he logs in with it), until (a time in words), contact; posts read=true -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${enrolled?then(msg("sekisho-provisional-title-enrolled"), msg("sekisho-provisional-title-login"))}
    <#elseif section = "form">
        <@sekisho.style />
        <#if enrolled><p class="sekisho-text">${msg("sekisho-provisional-enrolled")}</p></#if>
        <p id="sekisho-provisional" class="sekisho-notice sekisho-notice-info">${msg("sekisho-provisional-until", until)}</p>
        <p class="sekisho-text">${msg("sekisho-provisional-why")}</p>
        <form id="sekisho-provisional-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-read" name="read" value="true" label=msg("sekisho-continue") />
            </div>
        </form>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
