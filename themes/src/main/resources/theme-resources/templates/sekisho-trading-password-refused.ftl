<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- why (unproven, held), contact; leads back to the application -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-trading-password-refused-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">${msg("sekisho-trading-password-refused-" + why)}</p>
        <form id="sekisho-trading-password-refused-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-back" name="cancel-aia" value="true" label=msg("sekisho-enrolment-refused-back") />
            </div>
        </form>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
