<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- codeShown (the recovery code was right), contact; posts recovery-code, postal-code, remove=true; error fields: the first two. The same for names that nobody has. -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-recovery-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">${msg("sekisho-recovery-text")}</p>
        <form id="sekisho-recovery-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <#if !(codeShown!false)>
                <@sekisho.field name="recovery-code" label=msg("sekisho-recovery-code-label") hint=msg("sekisho-recovery-code-hint") autofocus=true />
            </#if>
            <@sekisho.field name="postal-code" label=msg("sekisho-recovery-letter-label") hint=msg("sekisho-recovery-letter-hint") autofocus=(codeShown!false) />
            <p class="sekisho-text">
                <label><input type="checkbox" id="remove" name="remove" value="true"> ${msg("sekisho-recovery-remove")}</label>
            </p>
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-submit" label=msg("sekisho-continue") />
            </div>
        </form>
        <p class="sekisho-hint">${msg("sekisho-recovery-other")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
