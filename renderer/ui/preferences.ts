/** What belongs to this screen rather than to the data: kept in the browser's own storage. */
const SINGLE_KEYS = 'pacemail.singleKeys'

/** Shortcuts of one key without Ctrl; on unless the rep switched them off. */
export function hasSingleKeys(): boolean {
  return window.localStorage.getItem(SINGLE_KEYS) !== 'off'
}

export function setSingleKeys(isOn: boolean): void {
  window.localStorage.setItem(SINGLE_KEYS, isOn ? 'on' : 'off')
}

const REVIEW_TEMPLATE = 'pacemail.reviewTemplate'

/** The template whose mail stands beside a lead in the review; 0: none was chosen yet. */
export function reviewTemplate(): number {
  return Number(window.localStorage.getItem(REVIEW_TEMPLATE) ?? 0)
}

export function setReviewTemplate(templateId: number): void {
  window.localStorage.setItem(REVIEW_TEMPLATE, String(templateId))
}

const LEAD_COLUMNS = 'pacemail.leadColumns'

/** The columns of the leads, their names with commas between; null: as at first. */
export function leadColumns(): string | null {
  return window.localStorage.getItem(LEAD_COLUMNS)
}

export function setLeadColumns(columns: readonly string[]): void {
  window.localStorage.setItem(LEAD_COLUMNS, columns.join(','))
}
