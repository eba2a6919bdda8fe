<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact; posts code, which is also its error field. The same for names that nobody has, and for customers without a code. -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-letter-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">${msg("sekisho-letter-text")}</p>
        <form id="sekisho-letter-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <@sekisho.field name="code" label=msg("sekisho-letter-label") hint=msg("sekisho-letter-hint") autofocus=true />
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-submit" label=msg("sekisho-continue") />
            </div>
        </form>
        <p class="sekisho-hint">${msg("sekisho-letter-other")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
