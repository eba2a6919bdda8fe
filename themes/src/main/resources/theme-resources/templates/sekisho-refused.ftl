<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#--
  contact, the attributes of the stock webauthn-authenticate.ftl with isUserIdentified="false"; posts what the stock page posts.
  Without a challenge: a refusal that a passkey does not change. again: the words may have been mistyped.
-->
<#-- The layout would show the name of a customer that exists: the same page for everybody, so none. -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-refused-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <p class="sekisho-text">${(again!false)?then(msg("sekisho-refused-again"), msg("sekisho-refused-text"))}</p>
        <#if challenge??>
            <p class="sekisho-text">${msg("sekisho-refused-passkey")}</p>
            <div class="sekisho-actions">
                <@sekisho.passkey label=msg("sekisho-passkey-start") />
                <#if again!false><a id="sekisho-restart" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}" href="${url.loginRestartFlowUrl}">${msg("sekisho-locked-restart")}</a></#if>
            </div>
            <p class="sekisho-text">${msg("sekisho-refused-contact")}</p>
        <#else>
            <p class="sekisho-text">${msg("sekisho-refused-final")}</p>
        </#if>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
