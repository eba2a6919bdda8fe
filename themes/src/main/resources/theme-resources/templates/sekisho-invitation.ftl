<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- organization (its name), invitation, contact; posts invitation and answer=accept or answer=decline. -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-invitation-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <p class="sekisho-text">${msg("sekisho-invitation-text")}</p>
        <p id="sekisho-organization" class="sekisho-text"><strong>${organization}</strong></p>
        <form id="sekisho-invitation-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <input type="hidden" name="invitation" value="${invitation}">
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-accept" name="answer" value="accept" label=msg("sekisho-invitation-accept") />
                <@sekisho.button id="sekisho-decline" name="answer" value="decline" primary=false label=msg("sekisho-invitation-decline") />
            </div>
        </form>
        <p class="sekisho-hint">${msg("sekisho-invitation-advice")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
