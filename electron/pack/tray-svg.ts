/** How the icon beside the clock looks: it is small, so each state has a shape of its own, not only a colour. */
export type TrayLook = 'running' | 'paused' | 'attention'

/** macOS draws a template in its own colour and looks at nothing but what is covered. */
export function traySvg(look: TrayLook, isTemplate: boolean): string {
  return isTemplate ? template(look) : coloured(look)
}

const ENVELOPE = 'x="5" y="9" width="22" height="15" rx="3"'
const FLAP = 'M8 12.5 16 18l8-5.5'

function coloured(look: TrayLook): string {
  const ground = look === 'paused' ? '#5c6370' : '#4263eb'
  const badge = look === 'running' ? '' : mark(look, { disc: look === 'paused' ? '#212529' : '#e8590c', sign: '#fff' })
  return svg(
    `<rect width="32" height="32" rx="7" fill="${ground}"/><rect ${ENVELOPE} fill="#fff"/>` +
      `<path d="${FLAP}" fill="none" stroke="${ground}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>${badge}`,
  )
}

function template(look: TrayLook): string {
  const envelope =
    `<g fill="none" stroke="#000" stroke-width="2.6" stroke-linejoin="round"><rect ${ENVELOPE}/>` +
    `<path d="${FLAP}" stroke-linecap="round"/></g>`
  if (look === 'running') return svg(envelope)
  // The sign is cut out of the disc, and the disc, with a margin, out of the envelope.
  const masks =
    `<mask id="around"><rect width="32" height="32" fill="#fff"/><circle cx="23" cy="22" r="10" fill="#000"/></mask>` +
    `<mask id="sign">${mark(look, { disc: '#fff', sign: '#000' })}</mask>`
  return svg(
    `${masks}<g mask="url(#around)">${envelope}</g><rect width="32" height="32" fill="#000" mask="url(#sign)"/>`,
  )
}

/** Two bars, or an exclamation mark, on a disc in the lower right corner. */
function mark(
  look: Exclude<TrayLook, 'running'>,
  { disc, sign }: { readonly disc: string; readonly sign: string },
): string {
  const bars = look === 'paused' ? 'M20.5 18.5v7M25.5 18.5v7' : 'M23 17v5M23 26.4v.2'
  return (
    `<circle cx="23" cy="22" r="8.5" fill="${disc}"/>` +
    `<path d="${bars}" fill="none" stroke="${sign}" stroke-width="2.8" stroke-linecap="round"/>`
  )
}

function svg(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${content}</svg>`
}
