import {
  Badge,
  Button,
  createTheme,
  defaultVariantColorsResolver,
  Drawer,
  Modal,
  Notification,
  Tooltip,
  type CSSVariablesResolver,
  type MantineThemeOverride,
} from '@mantine/core'

/** A dialog's `header` element would count as a second banner of the page. */
const OVERLAY = { closeButtonProps: { 'aria-label': 'Close' }, attributes: { header: { role: 'presentation' } } }

/**
 * Mantine's own colours miss WCAG AA in places. The shades below were chosen for at least 4.5:1 on every surface they
 * stand on, in both schemes.
 */
export const theme: MantineThemeOverride = createTheme({
  primaryColor: 'indigo',
  primaryShade: 7,
  autoContrast: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  headings: { fontWeight: '650' },
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input)
    const named = /^\w+$/.test(input.color ?? input.theme.primaryColor)
    return named && ['light', 'subtle', 'outline', 'transparent'].includes(input.variant)
      ? { ...resolved, color: `var(--pacemail-${input.color ?? input.theme.primaryColor}-ink, ${resolved.color})` }
      : resolved
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Badge: Badge.extend({ defaultProps: { radius: 'sm' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: false } },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } },
      styles: { description: { color: 'var(--mantine-color-text)' } },
    }),
    Modal: Modal.extend({ defaultProps: { ...OVERLAY, centered: true } }),
    Drawer: Drawer.extend({ defaultProps: OVERLAY }),
  },
})

const INKED = ['indigo', 'blue', 'cyan', 'teal', 'green', 'yellow', 'orange', 'red', 'gray', 'violet'] as const

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-body': '#fdfdfc',
    '--mantine-color-indigo-light-hover': '#cdd8ff',
    '--pacemail-line': 'var(--mantine-color-gray-3)',
    ...inks(LIGHT_INKS),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-5)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-5)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    '--pacemail-line': 'var(--mantine-color-dark-4)',
    ...inks(Object.fromEntries(INKED.map((color) => [color, `var(--mantine-color-${color}-3)`]))),
  },
})

/** Text on a tint of its own colour. Yellow, cyan, green and orange have no shade that is dark enough. */
const LIGHT_INKS: Readonly<Record<string, string>> = {
  indigo: 'var(--mantine-color-indigo-9)',
  blue: '#0f5692',
  cyan: '#0a5560',
  teal: '#07583e',
  green: '#1f5f2a',
  yellow: '#6b4400',
  orange: '#843200',
  red: '#a11d1d',
  gray: 'var(--mantine-color-gray-8)',
  violet: 'var(--mantine-color-violet-9)',
}

function inks(shades: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(shades).map(([color, shade]) => [`--pacemail-${color}-ink`, shade]))
}
