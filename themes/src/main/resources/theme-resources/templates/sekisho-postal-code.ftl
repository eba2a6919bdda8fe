<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact; posts code, or later=true; error field: code. Not the field for codes of digits: this one has letters. -->
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-postal-code-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <#assign error = messagesPerField.existsError("code")?then(messagesPerField.getFirstError("code"), "")>
        <#if !error?has_content><@sekisho.notice /></#if>
        <p class="sekisho-text">${msg("sekisho-postal-code-text")}</p>
        <form id="sekisho-postal-code-form" class="${properties.kcFormClass!}" action="${url.loginAction}" method="post">
            <div class="${properties.kcFormGroupClass!}">
                <div class="${properties.kcFormGroupLabelClass!}">
                    <label for="code" class="${properties.kcLabelClass!}">
                        <span class="${properties.kcFormLabelTextClass!}">${msg("sekisho-postal-code-label")}</span>
                    </label>
                </div>
                <span class="${properties.kcInputClass!}<#if error?has_content> ${properties.kcError!}</#if>">
                    <input id="code" name="code" class="sekisho-code" type="text" autocomplete="off" autocapitalize="characters"
                           spellcheck="false" maxlength="40" required autofocus<#rt>
                           <#if error?has_content> aria-invalid="true"</#if><#t>
                           aria-describedby="<#if error?has_content>code-error </#if>code-hint"><#lt>
                </span>
                <#if error?has_content>
                    <p id="code-error" class="sekisho-error" role="alert">${error}</p>
                </#if>
                <p id="code-hint" class="sekisho-hint">${msg("sekisho-postal-code-hint")}</p>
            </div>
            <div class="sekisho-actions">
                <@sekisho.button id="sekisho-submit" label=msg("sekisho-continue") />
                <@sekisho.button id="sekisho-later" name="later" value="true" primary=false label=msg("sekisho-postal-code-later") formnovalidate="formnovalidate" />
            </div>
        </form>
        <p class="sekisho-hint">${msg("sekisho-postal-code-advice")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
