<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#--
  JP25-1: the login, passkey first. passwords (whether anybody logs in with one), username, usernameHidden (somebody who is signed in
  confirms that it is he), contact, the attributes of the stock webauthn-authenticate.ftl with mediation, none where he has no passkey;
  posts what the stock login.ftl posts. Error field: username or password.
-->
<#-- Whose login it is stands there only where he confirms it. -->
<#if !usernameHidden??><#global auth = ""></#if>
<#assign error = messagesPerField.existsError('username', 'password')?then(messagesPerField.getFirstError('username', 'password'), "")>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-login-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <#if !error?has_content><@sekisho.notice /></#if>
        <#if challenge??>
            <p class="sekisho-text">${msg("sekisho-login-passkey-text")}</p>
            <div class="sekisho-actions sekisho-first">
                <@sekisho.passkey label=msg("sekisho-login-passkey") autofocus=!error?has_content autofill=true />
            </div>
        </#if>
        <#if passwords>
            <section class="sekisho-other" aria-labelledby="sekisho-other-title">
                <h2 id="sekisho-other-title" class="sekisho-subtitle">${msg("sekisho-login-other")}</h2>
                <form id="kc-form-login" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post" novalidate>
                    <#if !usernameHidden??>
                        <@field id="username" type="text" label=msg("sekisho-login-name") value=username autocomplete="username webauthn" />
                    </#if>
                    <@field id="password" type="password" label=msg("sekisho-login-password") value="" autocomplete="current-password" />
                    <#if error?has_content>
                        <p id="sekisho-login-error" class="sekisho-error" role="alert">${error}</p>
                    </#if>
                    <div class="sekisho-actions">
                        <@sekisho.button id="kc-login" name="login" value="password" primary=!(challenge??) label=msg("sekisho-login-with-password") />
                    </div>
                </form>
                <#-- FFAJ-7.2-B: a firm changes the words in the realm's localization. -->
                <p class="sekisho-hint">${msg("sekisho-advice-login")}</p>
            </section>
        <#elseif !(challenge??)>
            <p class="sekisho-text">${msg("sekisho-refused-final")}</p>
        </#if>
        <#-- JP25-3, JP25-8: a lost passkey or password, and the brake. -->
        <#if realm.resetPasswordAllowed>
            <p class="sekisho-hint"><a id="sekisho-reset" href="${url.loginResetCredentialsUrl}">${msg("doForgotPassword")}</a></p>
        </#if>
        <p class="sekisho-hint"><a id="sekisho-stop" href="${url.loginUrl?keep_before("/login-actions/")}/sekisho/stop">${msg("sekisho-stop-link")}</a></p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>

<#macro field id type label value autocomplete>
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormGroupLabelClass!}">
            <label for="${id}" class="${properties.kcLabelClass!}">
                <span class="${properties.kcFormLabelTextClass!}">${label}</span>
            </label>
        </div>
        <span class="${properties.kcInputClass!}<#if error?has_content> ${properties.kcError!}</#if>">
            <input id="${id}" name="${id}" type="${type}" value="${value}" autocomplete="${autocomplete}" autocapitalize="off" spellcheck="false"<#if error?has_content> aria-invalid="true" aria-describedby="sekisho-login-error"</#if>>
        </span>
    </div>
</#macro>
