<#import "template.ftl" as layout>
<#import "sekisho-parts.ftl" as sekisho>
<#-- contact. Shown to who has shown a right factor: what is needed to be thawed, and nothing that can be done here. -->
<#global auth = "">
<@layout.registrationLayout displayMessage=false; section>
    <#if section = "header">
        ${msg("sekisho-frozen-title")}
    <#elseif section = "form">
        <@sekisho.style />
        <p id="sekisho-frozen" class="sekisho-text">${msg("sekisho-frozen-text")}</p>
        <h2 class="sekisho-subtitle">${msg("sekisho-frozen-next")}</h2>
        <ul class="sekisho-next">
            <li>${msg("sekisho-frozen-next-contact")}</li>
            <li>${msg("sekisho-frozen-next-identity")}</li>
            <li>${msg("sekisho-frozen-next-credential")}</li>
        </ul>
    <#elseif section = "socialProviders">
        <#if contact??><@sekisho.contactPoint contact=contact /></#if>
    </#if>
</@layout.registrationLayout>
