<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact; posts password-new, password-confirm; error fields: the same -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-reset-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">${msg("sekisho-reset-password-text")}</p>
        <form id="sekisho-reset-password-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <@sekisho.field name="password-new" type="password" label=msg("sekisho-reset-password-new") autocomplete="new-password" autofocus=true />
            <@sekisho.field name="password-confirm" type="password" label=msg("sekisho-reset-password-confirm") autocomplete="new-password" />
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-submit" label=msg("sekisho-reset-password-submit") />
            </div>
        </form>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
