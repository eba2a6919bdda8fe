<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- maskedEmail, sent (whether a code is on its way; yes, where nothing is said), reasons or sekishoReasons (message keys), contact; posts code, or resend=true; error field: code -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-mail-code-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <#if !messagesPerField.existsError('code')><@sekisho.notice /></#if>
        <@sekisho.reasons keys=(sekishoReasons!reasons![]) />
        <#if sent!true><p class="sekisho-text">${msg("sekisho-mail-code-sent", maskedEmail)}</p></#if>
        <form id="sekisho-mail-code-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <@sekisho.code name="code" errorField="code" label=msg("sekisho-mail-code-label") hint=(sent!true)?then(msg("sekisho-mail-code-hint"), "") />
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
