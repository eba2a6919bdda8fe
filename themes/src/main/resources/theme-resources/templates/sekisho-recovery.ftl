<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#--
  The attributes of the stock webauthn-authenticate.ftl, number (of the request), shown (words of what counts so far), enough,
  certificate (the connection brought one), contact. Posts recovery-code, postal-code; what the stock page of a passkey posts;
  certificate=true; with enough: enrol=true, remove=true. Error fields: the first two. The same for names that nobody has.
-->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-recovery-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <#if !messagesPerField.existsError("recovery-code", "postal-code")><@sekisho.notice /></#if>
        <#if enough>
            <p class="sekisho-text" id="sekisho-recovery-enough">${msg("sekisho-recovery-enough")}</p>
            <form id="sekisho-recovery-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <p class="sekisho-text">
                    <label><input type="checkbox" id="remove" name="remove" value="true"> ${msg("sekisho-recovery-remove")}</label>
                </p>
                <div class="sekisho-actions">
                    <@sekisho.button id="sekisho-submit" name="enrol" value="true" label=msg("sekisho-recovery-enrol") autofocus="autofocus" />
                </div>
            </form>
        <#else>
            <p class="sekisho-text">${msg("sekisho-recovery-text")}</p>
            <#if shown?has_content>
                <div id="sekisho-recovery-shown" class="sekisho-reasons">
                    <p class="sekisho-reasons-lead">${msg("sekisho-recovery-shown-lead")}</p>
                    <ul role="list">
                        <#list shown as means><li>${msg("sekisho-recovery-shown-" + means)}</li></#list>
                    </ul>
                </div>
            </#if>
            <form id="sekisho-recovery-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <#if !shown?seq_contains("recovery-code")>
                    <@sekisho.field name="recovery-code" label=msg("sekisho-recovery-code-label") hint=msg("sekisho-recovery-code-hint") required=false />
                </#if>
                <@sekisho.field name="postal-code" label=msg("sekisho-recovery-letter-label") hint=msg("sekisho-recovery-letter-hint") required=false />
                <div class="sekisho-actions">
                    <@sekisho.button id="sekisho-submit" label=msg("sekisho-continue") />
                </div>
            </form>
            <div class="sekisho-actions">
                <#if !shown?seq_contains("second-passkey")>
                    <@sekisho.passkey label=msg("sekisho-recovery-passkey") primary=false />
                </#if>
                <#if certificate && !shown?seq_contains("certificate")>
                    <form id="sekisho-recovery-certificate-form" action="${url.loginAction}" method="post">
                        <@sekisho.button id="sekisho-recovery-certificate" name="certificate" value="true" primary=false label=msg("sekisho-recovery-certificate") />
                    </form>
                </#if>
            </div>
            <p class="sekisho-text">${msg("sekisho-recovery-number")} <strong id="sekisho-recovery-number">${number}</strong></p>
            <p class="sekisho-hint">${msg("sekisho-recovery-number-hint")}</p>
            <p class="sekisho-hint">${msg("sekisho-recovery-other")}</p>
        </#if>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
