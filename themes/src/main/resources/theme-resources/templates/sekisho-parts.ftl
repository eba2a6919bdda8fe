<#--
  What the pages of the checkpoint share. Own mark-up instead of keycloak.v2's field and button macros:
  they tie no error to its field, and they do not exist under other parents.
-->

<#-- A stylesheet link is allowed in the body; templates of theme-resources cannot reach the layout's head. -->
<#macro style>
    <link rel="stylesheet" href="${url.resourcesPath}/css/sekisho.css">
    <script type="module" src="${url.resourcesPath}/js/sekisho-form.js"></script>
</#macro>

<#-- The message of the whole page, said by screen readers at once: the layout's own is silent. -->
<#macro notice>
    <#if message?has_content>
        <div id="sekisho-notice" class="sekisho-notice sekisho-notice-${message.type}" role="${(message.type == 'error' || message.type == 'warning')?then('alert', 'status')}">
            ${message.summary}
        </div>
    </#if>
</#macro>

<#-- Why more is asked. keys: message keys; several codes share the same words, which are said once. -->
<#macro reasons keys>
    <#local words = []>
    <#list keys as key>
        <#local word = msg(key)>
        <#if !words?seq_contains(word)><#local words = words + [word]></#if>
    </#list>
    <#if words?has_content>
        <div id="sekisho-reasons" class="sekisho-reasons">
            <p class="sekisho-reasons-lead">${msg("sekisho-reasons-lead")}</p>
            <ul role="list">
                <#list words as word><li>${word}</li></#list>
            </ul>
        </div>
    </#if>
</#macro>

<#--
  FFAJ-5.1-S1: the customer contact point. Takes a map or a record (whose parts are methods to FreeMarker).
  The pages put it in the layout's section socialProviders: what comes after "try another way".
-->
<#macro contactPoint contact>
    <section id="sekisho-contact" class="sekisho-contact" aria-labelledby="sekisho-contact-title">
        <h2 id="sekisho-contact-title">${msg("sekisho-contact-title")}</h2>
        <p>
            <span class="sekisho-contact-name">${part(contact.name)}</span>
            <span class="sekisho-contact-phone">${msg("sekisho-contact-phone", part(contact.phone))}</span>
            <span class="sekisho-contact-hours">${msg("sekisho-contact-hours", part(contact.hours))}</span>
        </p>
    </section>
</#macro>

<#function part value>
    <#return value?is_method?then(value(), value)>
</#function>

<#-- A field for a code of digits. errorField: the key under which the authenticator reports the error. -->
<#macro code name label errorField hint="" autofocus=true>
    <#local error = messagesPerField.existsError(errorField)?then(messagesPerField.getFirstError(errorField), "")>
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormGroupLabelClass!}">
            <label for="${name}" class="${properties.kcLabelClass!}">
                <span class="${properties.kcFormLabelTextClass!}">${label}</span>
            </label>
        </div>
        <span class="${properties.kcInputClass!}<#if error?has_content> ${properties.kcError!}</#if>">
            <input id="${name}" name="${name}" class="sekisho-code" type="text" inputmode="numeric"
                   autocomplete="one-time-code" autocapitalize="off" spellcheck="false" data-sekisho-digits
                   required<#if autofocus> autofocus</#if><#rt>
                   <#if error?has_content> aria-invalid="true"</#if><#t>
                   <#if error?has_content || hint?has_content> aria-describedby="<#if error?has_content>${name}-error</#if><#if error?has_content && hint?has_content> </#if><#if hint?has_content>${name}-hint</#if>"</#if>><#lt>
        </span>
        <#if error?has_content>
            <p id="${name}-error" class="sekisho-error" role="alert">${error}</p>
        </#if>
        <#if hint?has_content>
            <p id="${name}-hint" class="sekisho-hint">${hint}</p>
        </#if>
    </div>
</#macro>

<#-- Which authenticator app, where the customer has several. Takes the stock TotpLoginBean. -->
<#macro apps otpLogin>
    <#if otpLogin.userOtpCredentials?size gt 1>
        <fieldset class="sekisho-choice">
            <legend>${msg("sekisho-otp-choose")}</legend>
            <#list otpLogin.userOtpCredentials as credential>
                <label>
                    <input type="radio" name="selectedCredentialId" value="${credential.id}"<#if credential.id == (otpLogin.selectedCredentialId!'')> checked</#if>>
                    <span>${(credential.userLabel?has_content)?then(credential.userLabel, msg("sekisho-factor-totp"))}</span>
                </label>
            </#list>
        </fieldset>
    <#else>
        <input type="hidden" name="selectedCredentialId" value="${otpLogin.selectedCredentialId!''}">
    </#if>
</#macro>

<#-- A field for words: a name, an address, a password (type="password"). The error is reported under the field's own name. -->
<#macro field name label type="text" autocomplete="off" hint="" value="" autofocus=false required=true form="">
    <#local error = messagesPerField.existsError(name)?then(messagesPerField.getFirstError(name), "")>
    <div class="${properties.kcFormGroupClass!}">
        <div class="${properties.kcFormGroupLabelClass!}">
            <label for="${name}" class="${properties.kcLabelClass!}">
                <span class="${properties.kcFormLabelTextClass!}">${label}</span>
            </label>
        </div>
        <span class="${properties.kcInputClass!}<#if error?has_content> ${properties.kcError!}</#if>">
            <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" autocapitalize="off"
                   spellcheck="false"<#if required> required</#if><#if form?has_content> form="${form}"</#if><#rt>
                   <#if value?has_content> value="${value}"</#if><#t>
                   <#if autofocus> autofocus</#if><#t>
                   <#if error?has_content> aria-invalid="true"</#if><#t>
                   <#if error?has_content || hint?has_content> aria-describedby="<#if error?has_content>${name}-error</#if><#if error?has_content && hint?has_content> </#if><#if hint?has_content>${name}-hint</#if>"</#if>><#lt>
        </span>
        <#if error?has_content>
            <p id="${name}-error" class="sekisho-error" role="alert">${error}</p>
        </#if>
        <#if hint?has_content>
            <p id="${name}-hint" class="sekisho-hint">${hint}</p>
        </#if>
    </div>
</#macro>

<#macro button label name="" value="" id="" type="submit" primary=true extra...>
    <button<#if id?has_content> id="${id}"</#if> type="${type}"<#if name?has_content> name="${name}" value="${value}"</#if><#rt>
            <#t> class="${properties.kcButtonClass!} ${primary?then(properties.kcButtonPrimaryClass!, properties.kcButtonSecondaryClass!)} ${properties.kcButtonBlockClass!}"
            <#lt><#list extra as attribute, setting> ${attribute}="${setting}"</#list>>${label}</button>
</#macro>

<#--
  The passkey button, with the form that Keycloak's own webauthnAuthenticate.js fills in and sends.
  Takes the attributes of the stock webauthn-authenticate.ftl. autofill: the browser may offer passkeys unasked.
-->
<#macro passkey label autofocus=false autofill=false primary=true>
    <form id="webauth" action="${url.loginAction}" method="post" hidden>
        <input type="hidden" id="clientDataJSON" name="clientDataJSON">
        <input type="hidden" id="authenticatorData" name="authenticatorData">
        <input type="hidden" id="signature" name="signature">
        <input type="hidden" id="credentialId" name="credentialId">
        <input type="hidden" id="userHandle" name="userHandle">
        <input type="hidden" id="error" name="error">
    </form>
    <#if authenticators??>
        <form id="authn_select" hidden>
            <#list authenticators.authenticators as authenticator>
                <input type="hidden" name="authn_use_chk" value="${authenticator.credentialId}">
            </#list>
        </form>
    </#if>
    <button id="authenticateWebAuthnButton" type="button"
            class="${properties.kcButtonClass!} ${primary?then(properties.kcButtonPrimaryClass!, properties.kcButtonSecondaryClass!)} ${properties.kcButtonBlockClass!}"
            data-user-identified="${isUserIdentified}" data-challenge="${challenge}"
            data-user-verification="${userVerification}" data-rp-id="${rpId}"
            data-create-timeout="${createTimeout?c}"<#if autofill> data-mediation="${mediation!'conditional'}" data-attachment="${authenticatorAttachment!''}"</#if>
            data-unsupported="${msg("sekisho-passkey-unsupported")}"<#if autofocus> autofocus</#if>>${label}</button>
    <script type="module" src="${url.resourcesPath}/js/sekisho-passkey.js"></script>
    <#if autofill><script type="module" src="${url.resourcesPath}/js/sekisho-autofill.js"></script></#if>
</#macro>
