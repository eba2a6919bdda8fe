<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- Of a credential without a name Keycloak's page says the code of its kind. -->
<#assign kind = credentialLabel + "-display-name">
<#assign name = (msg(kind) == kind)?then(credentialLabel, msg(kind))>
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("deleteCredentialTitle", name)}
    <#elseif section = "form">
        <@sekisho.style />
        <p id="kc-delete-text" class="sekisho-text">${msg("deleteCredentialMessage", name)}</p>
        <form class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="sekisho-actions">
                <@sekisho.button id="kc-accept" name="accept" label=msg("doConfirmDelete") />
                <@sekisho.button id="kc-decline" name="cancel-aia" value="true" primary=false label=msg("doCancel") />
            </div>
        </form>
    </#if>
</@layout.registrationLayout>
