<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- change, loginPassword, length, composition, mayCancel, contact; posts password, password-new, password-confirm, or cancel-aia=true; error fields: the same -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${change?then(msg("sekisho-trading-password-title-change"), msg("sekisho-trading-password-title-set"))}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">${msg("sekisho-trading-password-text")}</p>
        <form id="sekisho-trading-password-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <#if loginPassword>
                <@sekisho.field name="password" type="password" label=msg("sekisho-trading-password-login") hint=msg("sekisho-trading-password-login-hint") autocomplete="current-password" autofocus=true />
            </#if>
            <#assign rules = composition?then(msg("sekisho-trading-password-hint-composition", length), msg("sekisho-trading-password-hint", length))>
            <@sekisho.field name="password-new" type="password" label=msg("sekisho-trading-password-new") hint=rules autocomplete="new-password" autofocus=!loginPassword />
            <@sekisho.field name="password-confirm" type="password" label=msg("sekisho-trading-password-confirm") autocomplete="new-password" />
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-submit" label=msg("sekisho-trading-password-submit") />
                <#if mayCancel>
                    <@sekisho.button id="sekisho-cancel" name="cancel-aia" value="true" primary=false label=msg("sekisho-trading-password-cancel") formnovalidate="formnovalidate" />
                </#if>
            </div>
        </form>
        <p class="sekisho-hint">${msg("sekisho-trading-password-advice")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
