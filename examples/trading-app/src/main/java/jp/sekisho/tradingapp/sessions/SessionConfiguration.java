package jp.sekisho.tradingapp.sessions;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration
class SessionConfiguration implements WebMvcConfigurer {

    private final SessionGuard guard;

    SessionConfiguration(SessionGuard guard) {
        this.guard = guard;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(guard).excludePathPatterns("/session-ended", "/unavailable", "/login-failed", "/error");
    }
}
