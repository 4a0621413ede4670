/**
 * Sent with every answer of a host, whatever it is.
 *
 * - `style-src` allows inline styles because Mantine sets them on elements; scripts stay `'self'`.
 * - `require-trusted-types-for` is left out: Mantine writes its theme variables through `innerHTML` of a `<style>`.
 * - `frame-src 'none'`: the mail preview is a `srcdoc` frame with `sandbox=""`, which is no load and inherits this policy.
 *
 * @param socketOrigin the page's own WebSocket origin, for browsers whose `'self'` does not cover `ws:`; empty for none.
 */
export function securityHeaders(socketOrigin: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(socketOrigin),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  }
}

function contentSecurityPolicy(socketOrigin: string): string {
  const rules = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${socketOrigin}`.trim(),
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ]
  return rules.join('; ')
}
