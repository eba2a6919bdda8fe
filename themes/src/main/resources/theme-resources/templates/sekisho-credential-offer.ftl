<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- credentialOffer (the stock CredentialOfferBean), credentialDisplayName, offer, contact; posts offer. -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-credential-offer-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <p class="sekisho-text">${msg("sekisho-credential-offer-text")}</p>
        <p id="sekisho-credential" class="sekisho-text"><strong>${credentialDisplayName}</strong></p>
        <p class="sekisho-text">
            <img src="data:image/png;base64, ${credentialOffer.qrCode}" alt="${msg("sekisho-credential-offer-code")}">
        </p>
        <p class="sekisho-text"><a id="sekisho-wallet" href="${credentialOffer.uri}">${msg("sekisho-credential-offer-here")}</a></p>
        <form id="sekisho-credential-offer-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <input type="hidden" name="offer" value="${offer}">
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-continue" name="answer" value="continue" label=msg("sekisho-credential-offer-continue") />
            </div>
        </form>
        <p class="sekisho-hint">${msg("sekisho-credential-offer-advice")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
