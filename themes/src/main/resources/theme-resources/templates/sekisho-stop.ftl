<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact, token (of the form), done (whether something was entered), waits (whether it was not looked at): the same words for whatever it was -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-stop-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <#if done>
            <p id="sekisho-stop-done" class="sekisho-text" role="status">${msg("sekisho-stop-done")}</p>
        <#else>
            <#if waits>
                <div id="sekisho-stop-wait" class="sekisho-notice sekisho-notice-warning" role="alert">${msg("sekisho-code-wait")}</div>
            </#if>
            <p class="sekisho-text">${msg("sekisho-stop-text")}</p>
            <form id="sekisho-stop-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
                <input type="hidden" name="token" value="${token}">
                <div class="${properties.kcFormGroupClass!}">
                    <div class="${properties.kcFormGroupLabelClass!}">
                        <label for="code" class="${properties.kcLabelClass!}">
                            <span class="${properties.kcFormLabelTextClass!}">${msg("sekisho-stop-label")}</span>
                        </label>
                    </div>
                    <span class="${properties.kcInputClass!}">
                        <input id="code" name="code" class="sekisho-code" type="text" maxlength="40" autocomplete="off"
                               autocapitalize="characters" spellcheck="false" required autofocus aria-describedby="code-hint">
                    </span>
                    <p id="code-hint" class="sekisho-hint">${msg("sekisho-stop-hint")}</p>
                </div>
                <div class="sekisho-actions">
                    <@sekisho.button id="sekisho-submit" label=msg("sekisho-stop-submit") />
                </div>
            </form>
        </#if>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
