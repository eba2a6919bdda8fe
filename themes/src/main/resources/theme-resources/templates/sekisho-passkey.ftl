<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- the attributes of the stock webauthn-authenticate.ftl, sekishoReasons or reasons, contact; posts what the stock page posts -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-passkey-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <@sekisho.reasons keys=(sekishoReasons!reasons![]) />
        <p class="sekisho-text">${msg("sekisho-passkey-text")}</p>
        <div class="sekisho-actions">
            <@sekisho.passkey label=msg("sekisho-passkey-start") autofocus=true />
        </div>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
