<#import "sekisho-parts.ftl" as sekisho>
<#-- Under the stock pages: advice where a password is typed, the contact point where the authenticator gives it. -->
<#macro content>
    <#if !pageId?starts_with("sekisho-")>
        <div class="sekisho-footer">
            <#-- FFAJ-7.2-B: a firm changes the words in the realm's localization. -->
            <#if ["login", "login-username", "login-password"]?seq_contains(pageId)>
                <p class="sekisho-hint">${msg("sekisho-advice-login")}</p>
            </#if>
            <#if contact??>
                <@sekisho.contactPoint contact=contact />
                <#if ["login", "login-username", "login-password"]?seq_contains(pageId)>
                    <p class="sekisho-hint"><a id="sekisho-stop" href="${url.loginUrl?keep_before("/login-actions/")}/sekisho/stop">${msg("sekisho-stop-link")}</a></p>
                </#if>
            </#if>
        </div>
    </#if>
</#macro>
