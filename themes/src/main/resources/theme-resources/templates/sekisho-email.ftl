<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- newEmail (where a code is on its way to it), typed, contact; posts email, or code, resend=true, other=true; error fields: email, code -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-email-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <#if newEmail??>
            <p class="sekisho-text">${msg("sekisho-email-sent", newEmail)}</p>
            <form id="sekisho-email-code-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <@sekisho.code name="code" errorField="code" label=msg("sekisho-mail-code-label") hint=msg("sekisho-mail-code-hint") />
                <div class="sekisho-actions">
                    <@sekisho.button id="sekisho-submit" label=msg("sekisho-continue") />
                    <@sekisho.button id="sekisho-resend" name="resend" value="true" primary=false label=msg("sekisho-mail-code-resend") formnovalidate="formnovalidate" />
                    <@sekisho.button id="sekisho-other" name="other" value="true" primary=false label=msg("sekisho-email-other") formnovalidate="formnovalidate" />
                </div>
            </form>
            <p class="sekisho-hint">${msg("sekisho-advice-code")}</p>
        <#else>
            <p class="sekisho-text">${msg("sekisho-email-text")}</p>
            <form id="sekisho-email-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <@sekisho.field name="email" type="email" label=msg("sekisho-email-label") autocomplete="email" value=(typed!"") autofocus=true />
                <div class="sekisho-actions">
                    <@sekisho.button id="sekisho-submit" label=msg("sekisho-email-submit") />
                </div>
            </form>
        </#if>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
