<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact. The same for names that nobody has. -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-reset-refused-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <p class="sekisho-text">${msg("sekisho-reset-refused-text")}</p>
        <p class="sekisho-text">${msg("sekisho-refused-final")}</p>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
