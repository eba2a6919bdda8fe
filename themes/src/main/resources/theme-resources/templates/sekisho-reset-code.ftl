<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact, purpose (reset or link); posts code, or resend=true; error field: code. The same for names that nobody has. -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg((purpose == "link")?then("sekisho-link-title", "sekisho-reset-title"))}
    <#elseif section = "form">
        <@sekisho.style />
        <#if !messagesPerField.existsError('code')><@sekisho.notice /></#if>
        <p class="sekisho-text">${msg((purpose == "link")?then("sekisho-link-code-text", "sekisho-reset-code-text"))}</p>
        <form id="sekisho-reset-code-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <@sekisho.code name="code" errorField="code" label=msg("sekisho-mail-code-label") hint=msg("sekisho-mail-code-hint") />
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-submit" label=msg("sekisho-continue") />
                <@sekisho.button id="sekisho-resend" name="resend" value="true" primary=false label=msg("sekisho-mail-code-resend") formnovalidate="formnovalidate" />
            </div>
        </form>
        <p class="sekisho-hint">${msg("sekisho-advice-code")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
