<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- days, device (in words); posts remember=yes or remember=no. Neither button has the focus: the customer chooses. -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-remember-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <@sekisho.notice />
        <p class="sekisho-text">${msg("sekisho-remember-text", "${days}")}</p>
        <#if device?has_content>
            <dl class="sekisho-device">
                <dt>${msg("sekisho-remember-device")}</dt>
                <dd>${device}</dd>
            </dl>
        </#if>
        <p id="sekisho-remember-warning" class="sekisho-notice sekisho-notice-warning">${msg("sekisho-remember-warning")}</p>
        <form id="sekisho-remember-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-remember-yes" name="remember" value="yes" label=msg("sekisho-remember-yes", "${days}") />
                <@sekisho.button id="sekisho-remember-no" name="remember" value="no" primary=false label=msg("sekisho-remember-no") />
            </div>
        </form>
    </#if>
</@layout.registrationLayout>
