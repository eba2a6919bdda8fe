<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- otpLogin (the stock TotpLoginBean), sekishoReasons or reasons, contact; posts otp, selectedCredentialId; error field: totp -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-otp-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <#if !messagesPerField.existsError('totp')><@sekisho.notice /></#if>
        <@sekisho.reasons keys=(sekishoReasons!reasons![]) />
        <p class="sekisho-text">${msg("sekisho-otp-text")}</p>
        <form id="kc-otp-login-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <#if otpLogin??><@sekisho.apps otpLogin=otpLogin /></#if>
            <@sekisho.code name="otp" errorField="totp" label=msg("sekisho-otp-label") hint=msg("sekisho-otp-hint") />
            <div class="sekisho-actions">
                <@sekisho.button id="kc-login" label=msg("sekisho-continue") />
            </div>
        </form>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
