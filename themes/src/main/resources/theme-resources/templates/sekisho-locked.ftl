<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- kind (throttle, stranger-lock, lock, credential-ended, source), until (a time in words; throttle only, where it is known), contact -->
<#-- The layout would show the name of a customer that exists: the same page for everybody, so none. -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-locked-title-" + kind)}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">
            <#if kind == "throttle">
                ${until?has_content?then(msg("sekisho-locked-text-throttle", until!""), msg("sekisho-locked-text-throttle-later"))}
            <#else>
                ${msg("sekisho-locked-text-" + kind)}
            </#if>
        </p>
        <h2 class="sekisho-subtitle">${msg("sekisho-locked-next")}</h2>
        <ul class="sekisho-next">
            <#-- A lock is lifted by the firm only; all others leave the ways that no stranger has. -->
            <#if kind == "throttle"><li>${msg("sekisho-locked-next-wait")}</li></#if>
            <#if kind != "lock">
                <#if kind != "throttle"><li>${msg("sekisho-locked-next-known-device")}</li></#if>
                <li>${msg("sekisho-locked-next-passkey")}</li>
            </#if>
            <li>${msg((kind == "lock")?then("sekisho-locked-next-unlock", "sekisho-locked-next-contact"))}</li>
        </ul>
        <#if kind != "lock">
            <div class="sekisho-actions">
                <a id="sekisho-restart" class="${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!} ${properties.kcButtonBlockClass!}" href="${url.loginRestartFlowUrl}">${msg("sekisho-locked-restart")}</a>
            </div>
        </#if>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
