<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact; posts username, passkey=true for a lost passkey, letter=true for who has a code of the firm; error field: username -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-reset-trouble-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">${msg("sekisho-reset-name-text")}</p>
        <form id="sekisho-reset-name-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <@sekisho.field name="username" label=msg("sekisho-reset-name-label") autocomplete="username" autofocus=true />
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-submit" label=msg("sekisho-reset-submit") />
                <@sekisho.button id="sekisho-passkey-lost" name="passkey" value="true" primary=false label=msg("sekisho-recovery-start") />
                <@sekisho.button id="sekisho-letter" name="letter" value="true" primary=false label=msg("sekisho-letter-start") />
                <a id="sekisho-restart" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}" href="${url.loginRestartFlowUrl}">${msg("sekisho-locked-restart")}</a>
            </div>
        </form>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
