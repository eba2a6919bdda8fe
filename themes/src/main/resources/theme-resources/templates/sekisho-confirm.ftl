<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- operation (of its row), factors (what is asked: PASSKEY, TRADING_PASSWORD, TOTP, MAIL_CODE; a passkey, where nothing is said), obstacle (unset, stopped),
  the attributes of the stock webauthn-authenticate.ftl, otpLogin, maskedEmail and sent, contact; posts what the stock page posts, or shown with
  trading-password and code, resend, back, cancel or not-mine -->
<#assign asked = factors!["PASSKEY"]>
<#assign byPasskey = asked?seq_contains("PASSKEY")>
<#assign byPassword = asked?seq_contains("TRADING_PASSWORD")>
<#macro line label value>
            <div><dt>${label}</dt><dd>${value}</dd></div>
</#macro>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-confirm-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <#if obstacle??>
            <p id="sekisho-obstacle" class="sekisho-notice sekisho-notice-error" role="alert">${msg("sekisho-confirm-" + obstacle)}</p>
        <#else>
            <p class="sekisho-text">${msg("sekisho-confirm-text" + byPasskey?then(byPassword?then("-also", ""), "-typed"))}</p>
        </#if>
        <dl id="sekisho-operation" class="sekisho-operation">
            <@line label=msg("sekisho-confirm-type") value=msg("sekisho-confirm-type-" + operation.type) />
            <#if operation.instrument??><@line label=msg("sekisho-confirm-instrument") value=operation.instrument /></#if>
            <#if operation.side??><@line label=msg("sekisho-confirm-side") value=msg("sekisho-confirm-side-" + operation.side) /></#if>
            <#if operation.positionEffect??><@line label=msg("sekisho-confirm-effect") value=msg("sekisho-confirm-effect-" + operation.positionEffect) /></#if>
            <#if operation.orderType??><@line label=msg("sekisho-confirm-order") value=msg("sekisho-confirm-order-" + operation.orderType) /></#if>
            <#if operation.quantity??><@line label=msg("sekisho-confirm-quantity") value=operation.quantity /></#if>
            <#if operation.amount??><@line label=msg("sekisho-confirm-amount") value=operation.amount /></#if>
            <#if operation.payee??>
            <@line label=msg("sekisho-confirm-bank") value=operation.payee.bank />
            <@line label=msg("sekisho-confirm-branch") value=operation.payee.branch />
            <@line label=msg("sekisho-confirm-account") value=msg("sekisho-confirm-account-" + operation.payee.accountType) + " " + operation.payee.account />
            <@line label=msg("sekisho-confirm-holder") value=operation.payee.holder />
            </#if>
            <#if operation.attributes?has_content><@line label=msg("sekisho-confirm-attributes") value=operation.attributes?join(", ") /></#if>
        </dl>
        <#if minutes?? && !obstacle??>
            <#if minutes % 60 == 0>
                <#assign lasts = msg("sekisho-confirm-hours", (minutes / 60)?c)>
            <#else>
                <#assign lasts = msg("sekisho-confirm-minutes", minutes?c)>
            </#if>
            <p id="sekisho-window" class="sekisho-text">${msg("sekisho-confirm-window", lasts)}</p>
        </#if>
        <#if obstacle??>
        <#elseif byPasskey>
            <#if byPassword>
                <div class="${properties.kcFormClass!}">
                    <@sekisho.field name="trading-password" type="password" label=msg("sekisho-confirm-trading-password") autofocus=true form="webauth" />
                </div>
            </#if>
            <div class="sekisho-actions">
                <@sekisho.passkey label=msg("sekisho-confirm-start") />
            </div>
        <#else>
            <form id="sekisho-confirm-typed" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <input type="hidden" name="shown" value="${challenge}">
                <@sekisho.field name="trading-password" type="password" label=msg("sekisho-confirm-trading-password") autofocus=true />
                <#if otpLogin??>
                    <@sekisho.apps otpLogin=otpLogin />
                    <@sekisho.code name="code" errorField="code" label=msg("sekisho-otp-label") hint=msg("sekisho-otp-hint") autofocus=false />
                <#else>
                    <#if sent!true><p class="sekisho-text">${msg("sekisho-mail-code-sent", maskedEmail!"")}</p></#if>
                    <@sekisho.code name="code" errorField="code" label=msg("sekisho-mail-code-label") hint=(sent!true)?then(msg("sekisho-mail-code-hint"), "") autofocus=false />
                </#if>
                <div class="sekisho-actions">
                    <@sekisho.button id="sekisho-submit" label=msg("sekisho-confirm-submit") />
                    <#if !otpLogin??><@sekisho.button id="sekisho-resend" name="resend" value="true" primary=false label=msg("sekisho-mail-code-resend") formnovalidate="formnovalidate" /></#if>
                </div>
            </form>
        </#if>
        <form id="sekisho-confirm-form" action="${url.loginAction}" method="post">
            <div class="sekisho-actions">
                <#if obstacle??><@sekisho.button id="sekisho-back" name="back" value="true" label=msg("sekisho-confirm-back") /></#if>
                <button type="submit" name="cancel" value="true" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}">${msg("sekisho-confirm-cancel")}</button>
            </div>
            <details id="sekisho-not-mine" class="sekisho-not-mine">
                <summary>${msg("sekisho-confirm-not-mine")}</summary>
                <p class="sekisho-text">${msg("sekisho-confirm-not-mine-text")}</p>
                <div class="sekisho-actions">
                    <button type="submit" name="not-mine" value="true" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}">${msg("sekisho-confirm-not-mine-stop")}</button>
                </div>
            </details>
        </form>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
