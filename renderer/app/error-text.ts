import type { ErrorCode, ErrorDetails } from '#shared/errors'
import { ApiError } from '../api/api-error.ts'
import { addressProblemText } from '../ui/address-problem-text.ts'

type Sentence = (details: ErrorDetails) => string

/** One calm sentence or two for each code: what happened, what was kept, what to do next. */
const ERROR_TEXTS = {
  internal: () =>
    'Something went wrong inside Pacemail. Nothing was sent because of it, and what you saved is safe. Try again; if it comes back, look up the number at the end in the log.',
  'request.invalid': () =>
    'Pacemail could not read what the page asked for, so nothing was changed. Check what you typed and try again.',
  'request.unknown': () => 'This page and Pacemail are of different versions. Reload the page.',
  'request.cancelled': () => 'Stopped, as you asked. Nothing was changed.',
  'app.viewer': () =>
    'Another Pacemail window on this computer is in charge of this data, so nothing was changed here. Use that one, or end it and choose “Take over”.',
  'app.foreign_endpoint': () => 'A mail service was pointed at another machine, which is never allowed.',
  'app.closing': () => 'Pacemail is closing. Everything that was saved is kept; start it again to go on.',
  'app.disconnected': () =>
    'Pacemail is not answering just now. It may not have got your last change; wait until it is connected again, look whether the change is there, and repeat it if not.',
  'db.damaged': () =>
    'The database file is damaged. It was left as it is; restore the last backup from the data folder and start again.',
  'db.foreign': () =>
    'The database file belongs to another program. It was left untouched; choose another data folder.',
  'db.from_future': () =>
    'The database was written by a newer Pacemail. It was left untouched; install the newer version to open it.',
  'db.readonly': () =>
    'The data folder cannot be written to, so nothing was changed. Allow writing to it, then start Pacemail again.',
  'db.locked': () => 'Another Pacemail still uses this data. End that one first, then take over.',
  'disk.full': () =>
    'The disk is full, so this was not saved and sending waits. Free some space and try again; nothing is lost.',
  'file.too_large': (details) =>
    `The file is larger than ${megabytes(details.maxBytes)}, so it was not read. Split it and import the parts.`,
  'file.incomplete': () => 'The file did not arrive whole, so it was not used. Choose it again.',
  'report.not_found': () =>
    'This report is not there any more. Newer ones may have taken its place; the list shows what is kept.',
  'file.unreadable': () =>
    'The file could not be read. Check that it opens elsewhere and is not protected by a password, then choose it again.',
  'import.not_found': () => 'This import is not there any more. No leads were added by it; choose the file again.',
  'import.not_text': (details) =>
    `The file is neither text nor an Excel sheet${inLine(details)}, so nothing was read. Save the table as CSV or XLSX and choose that file.`,
  'import.unclosed_quote': (details) =>
    `A quotation mark${inLine(details)} is opened and never closed, so nothing was imported. Mend it in the file and choose it again.`,
  'import.too_many_rows': (details) =>
    `The file has more than ${count(details.limit, 'rows', 'the rows that fit')}, so nothing was imported. Split it and import the parts.`,
  'import.too_many_columns': (details) =>
    `The file has more than ${count(details.limit, 'columns', 'the columns that fit')}, so nothing was imported. Remove those you do not need and choose it again.`,
  'import.empty': () => 'The file has no rows. Choose one that has a line for each lead.',
  'import.no_address_column': () => 'No column is marked as the mail address. Choose the one that holds it.',
  'import.no_date_column': () =>
    'No column is marked as the date on which the mail was sent. Choose the one that holds it.',
  'import.old_excel': () =>
    'This is an old Excel file (.xls), which cannot be read safely. Save it as .xlsx or CSV and choose that file.',
  'import.bomb': () =>
    'This spreadsheet unpacks to far more than can be read safely, so nothing was read. Save it as CSV and choose that file.',
  'import.busy': () => 'Another import is still running. Let it finish or cancel it, then try again.',
  'pipeline.not_found': () => 'This search is not there any more. It may have been removed in the meantime.',
  'pipeline.busy': () => 'A step is running. Let it finish or stop it, then try again.',
  'pipeline.no_input': ({ step }) =>
    step === 'check_addresses'
      ? 'No contacts have been found yet. Run “Find contacts” first.'
      : 'There is nothing to read yet. Add a list or a file to this step, then run it.',
  'pipeline.unreadable': () =>
    'Nothing in it could be read, so it was not added. Lists and people are read from text: CSV, vCards, or pasted lines. Save a workbook as CSV first.',
  'pipeline.no_name_servers': () =>
    'No name server answered, so the check has stopped where it was; nothing is lost. Look at your internet connection, then go on.',
  'pipeline.nothing_to_save': () =>
    'No contact of this search can become a lead. Check the addresses first, or tick the shared or unsure ones.',
  'lead.not_found': () => 'This lead is not there any more. It may have been removed in the meantime.',
  'lead.changed': () =>
    'This lead was changed since you opened it, so your change was not saved. Look at it again and repeat your change.',
  'lead.address_invalid': (details) =>
    `${wrongAddress(details)} Mail can only go to one plain address, such as ann@corp.example.`,
  'lead.address_taken': () =>
    'Another lead already has this address, so it was not saved. Search for the address to find that lead.',
  'alias.invalid': (details) =>
    `${quoted(details.value)} is not a second domain, so nothing was changed. Write each like corp.example, without anything before it.`,
  'alias.free_mail': (details) =>
    `${quoted(details.value)} is a provider of free mail: its addresses belong to different people everywhere. Nothing was changed.`,
  'history.not_found': () => 'This import is not there any more, or is past that step. Nothing was changed.',
  'history.not_readable': () =>
    'The mail of this mailbox cannot be read, so its Sent folder cannot be looked through. Sign in again and allow reading, or add IMAP to it.',
  'history.busy': () => 'Another import of earlier mail is still at work. Let it finish or stop it, then try again.',
  'lead.address_erased': () =>
    'The person with this address was erased and must not come back, so the address was not saved. Choose another one.',
  'export.not_found': () => 'This export is not there any more. Make it again; your data is as it was.',
  'person.in_flight': () =>
    'A mail to this person is on its way, or nobody knows yet whether it arrived, so nothing was erased. Settle it on the Queue page, then try again.',
  'person.not_confirmed': () =>
    'The address you typed is another one, so nothing was erased. Type it as it stands above.',
  'undo.gone': () => 'This can no longer be undone, because too much has happened since. Nothing was changed.',
  'template.not_found': () => 'This template is not there any more. Choose another one.',
  'template.invalid': () =>
    'The template has mistakes, so nothing was queued. Open it on the Templates page; each mistake is marked there.',
  'template.name_taken': (details) =>
    `Another template has ${typeof details.name === 'string' ? `the name “${details.name}”` : 'this name'}. Choose a different name; your text is still here.`,
  'attachment.not_found': (details) =>
    `${file(details.name)} is not kept any more, because the app was started anew before the template was saved. Nothing was saved; remove it and add it again.`,
  'attachment.blocked': (details) =>
    `${file(details.name)} was not added: Gmail and Outlook turn away ${blocked(details)}. Send a link to it, or a PDF, instead.`,
  'attachment.too_large': (details) =>
    `${file(details.name)} was not added: a mail can carry ${megabytes(details.maxBytes)} of files in all. Make it smaller, or send a link to it.`,
  'attachment.too_many': () =>
    'A mail carries at most ten files, so no more were added. Put some of them into one zip file.',
  'attachment.empty': (details) => `${file(details.name)} is empty, so it was not added. Choose another one.`,
  'snippet.not_found': () => 'This snippet is not there any more. Nothing was changed.',
  'snippet.name_taken': (details) =>
    `Another snippet has ${typeof details.name === 'string' ? `the name “${details.name}”` : 'this name'}. Choose a different name; your text is still here.`,
  'mailbox.not_found': () => 'This mailbox is not there any more. Choose another one.',
  'mailbox.never_opens': () =>
    'With these hours and days off there is no time to send in the coming year, so they were not saved. Open at least one weekday.',
  'mailbox.gap_reversed': () =>
    'The shortest pause is longer than the longest one, so nothing was saved. Swap the two.',
  'mailbox.in_use': (details) =>
    `Mail is still waiting in this mailbox${waiting(details)}, so it was not removed. Cancel that mail on the Queue page first, or let it go.`,
  'mailbox.address_taken': () => 'There is already a mailbox with this address. Open that one instead.',
  'mailbox.address_invalid': (details) =>
    `${wrongAddress(details)} Write just the address you send from, such as you@your-company.example.`,
  'mailbox.kind_mismatch': () => 'This kind of mailbox cannot do that. Nothing was changed.',
  'mail.unreachable': (details) => `${unreachable(details.reason)} Nothing was sent or saved.`,
  'mail.refused': () =>
    'The mail server refused. Check the user name and the password; many providers want an app password here. Nothing was saved.',
  'mail.signed_out': () =>
    'The mail server did not accept the sign-in. Check the user name and the password, then try again.',
  'mail.unanswered': () =>
    'The mail server stopped answering before it said whether it took the mail. It will not be sent again by itself; see the Queue page.',
  'mail.invalid': () => 'The mail could not be put together, so it was not sent. Look at its address and text.',
  'secrets.unavailable': () =>
    'This computer offers no safe place for the password, so it was not saved. Unlock the keychain of your system and try again.',
  'sign_in.cancelled': () => 'The sign-in was cancelled. Nothing was changed.',
  'sign_in.timed_out': () =>
    'Nobody finished the sign-in in the browser, so it was stopped. Nothing was changed. Start it again when you are ready.',
  'sign_in.declined': () =>
    'The permission was declined, so Pacemail cannot use this mailbox. Nothing was changed. Sign in again and choose Allow.',
  'sign_in.wrong_account': (details) =>
    `You signed in as ${quoted(details.address)}, but this mailbox belongs to another address. Nothing was changed. Sign in again and choose the right account.`,
  'sign_in.permission_missing': () =>
    'Without the permission to write drafts and send mail this mailbox cannot be used. Nothing was changed. Sign in again and tick it.',
  'sign_in.admin_needed': ({ adminUrl, providerCode }) =>
    typeof providerCode === 'string'
      ? `A rule of your organisation (${providerCode}) does not let Pacemail in. Nothing was changed. Only its admin can change that: send them the mail below, then sign in again.`
      : `Your organisation wants its admin to allow Pacemail first. Nothing was changed. Send your admin ${typeof adminUrl === 'string' ? 'the page below' : 'the mail below'}, then sign in again.`,
  'sign_in.client_missing': () =>
    'Pacemail is not registered with this provider yet. Follow the steps below to get a client id, then sign in.',
  'sign_in.client_refused': () =>
    'The provider does not accept this client id. Nothing was changed. Compare it with the provider’s page and enter it again.',
  'sign_in.other_organisation': () =>
    'This client id is only for the accounts of the organisation that made it. Nothing was changed. Sign in with an account of that organisation, or enter another client id.',
  'sign_in.no_mailbox': () =>
    'There is no mailbox behind this account. Nothing was changed. It may lack a licence, or mail was switched off; sign in with another account, or ask your admin.',
  'sign_in.refused': (details) =>
    `The page let you through, but the sign-in was not accepted in the end${inBrackets(details.providerCode)}. Nothing was changed. Try again; if it happens once more, open your mailbox in the browser and do what it asks there first.`,
  'sign_in.unreachable': ({ reason }) =>
    `${(typeof reason === 'string' ? NOT_SIGNED_IN[reason] : undefined) ?? NOT_REACHED} Nothing was changed.`,
  'sign_in.not_found': () => 'This sign-in is over. Start it again.',
  'dispatch.nothing_to_queue': () =>
    'None of these leads can be written to, so nothing was queued. The list says why for each.',
  'dispatch.in_the_past': () => 'This time has passed, so nothing was queued. Choose a later one, or send now.',
  'dispatch.no_such_time': () =>
    'The clocks change that day and this time does not exist. Choose a time an hour earlier or later.',
  'dispatch.missing_fields': () =>
    'Some leads lack a field that the template needs, so these were not queued. Fill it in, or give the field a default in the template.',
  'dispatch.attachments_too_large': (details) =>
    `The files of this template have ${megabytes(details.sizeBytes)}, and a mail from ${typeof details.address === 'string' ? details.address : 'this mailbox'} can carry ${megabytes(details.maxBytes)}. Nothing was queued. Choose another mailbox, or make the files smaller on the Templates page.`,
  'dispatch.not_ready': (details) =>
    details.isBlocked === true
      ? 'This mailbox does not say yet who writes: its postal address or opt-out sentence is missing, so nothing was queued. Fill them in on the Mailboxes page, under “Address and opt-out”.'
      : 'Not everything was checked before this mailbox’s first mails, so nothing was queued. Look at “Before going live” on the Mailboxes page, or confirm that you know.',
  'readiness.paused': () =>
    'Nothing goes from this mailbox now: it is paused or resting, or everything is. No test mail was sent; resume it and try again.',
  'readiness.not_ready': () =>
    'Only a mailbox that is at work can be paused for a try. Nothing was changed; resume it first.',
  'readiness.limit_used': () =>
    'The day’s limit of this mailbox is used, so no test mail was sent. Try again tomorrow, or raise the limit.',
  'campaign.not_found': () => 'This campaign is not there any more.',
  'campaign.not_draft': () => 'This campaign has started already. Nothing was changed.',
  'campaign.no_such_mail': () =>
    'This mail is not part of the campaign any more: the person or the mail was taken out. Nothing was changed.',
  'campaign.over': () => 'This campaign was cancelled or put away. Nothing was changed; duplicate it to go on.',
  'campaign.not_over': () => 'This campaign still has mail to send. Cancel it first, then put it away.',
  'send.not_found': () => 'This mail is not in the queue any more.',
  'send.too_late': () => 'Too late to stop: the mail was already handed to the mail server.',
  'send.changed': () =>
    'This mail has moved in the meantime, so your text was not saved. It is still here: copy it, open the mail again and put it in.',
  'send.not_uncertain': () => 'This has been settled in the meantime. Nothing was changed.',
  'send.not_failed': () => 'Only a failed mail can be sent again. Nothing was changed.',
  'incoming.not_found': () => 'This answer is not there any more. Nothing was changed; load the list again.',
  'suppression.invalid': (details) =>
    `${quoted(details.value)} is neither a mail address nor a domain, so nothing was added. Write one such as ann@corp.example or corp.example on each line.`,
} satisfies Record<ErrorCode, Sentence>

/** The sentence for a failure; for a bug it names the line to look for in the log. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return codeText('internal', {})
  const text = codeText(error.code, error.details)
  return error.ref === null ? text : `${text} (${error.ref})`
}

/** The sentence for a code that arrived as data, such as a failed import's. */
export function codeText(code: ErrorCode, details: ErrorDetails): string {
  return Object.hasOwn(ERROR_TEXTS, code) ? ERROR_TEXTS[code](details) : ERROR_TEXTS.internal()
}

type Detail = ErrorDetails[string] | undefined

const UNREACHABLE: Readonly<Record<string, string>> = {
  untrusted: 'The mail server could not prove who it is, so Pacemail did not talk to it. Check the server name.',
  no_name: 'There is no server of this name. Check how it is written, and your connection.',
  no_tls:
    'The server does not offer this kind of encryption on this port. Try the other one: TLS on 465 or STARTTLS on 587.',
  timeout:
    'The mail server did not answer in time. Check the server name, the port and your connection, then try again.',
  no_connection:
    'The mail server could not be reached. Check the server name, the port and your connection, then try again.',
  not_encrypted:
    'Without encryption your password could be read on the way, so Pacemail does not do that. Choose TLS or STARTTLS.',
}

const NOT_REACHED = 'The provider could not be reached. Check your connection, then try again.'

/** Nobody typed a server name or a port here. */
const NOT_SIGNED_IN: Readonly<Record<string, string>> = {
  busy: 'The provider is too busy for a sign-in just now. Try again in a few minutes.',
  timeout: 'The provider did not answer in time. Try again in a moment.',
  untrusted:
    'Something between here and the provider could not prove who it is, so Pacemail did not talk to it. A proxy or the network of a hotel does that; try again in another network.',
}

function inBrackets(word: Detail): string {
  return typeof word === 'string' ? ` (${word})` : ''
}

function unreachable(reason: Detail): string {
  const known = typeof reason === 'string' && Object.hasOwn(UNREACHABLE, reason) ? UNREACHABLE[reason] : undefined
  return known ?? 'The mail server did not answer. Check the server name, the port and your connection, then try again.'
}

function wrongAddress({ problem }: ErrorDetails): string {
  const text = addressProblemText(problem)
  return text === null ? 'This is not a mail address.' : `This address ${text}.`
}

function file(name: Detail): string {
  return typeof name === 'string' ? `“${name}”` : 'This file'
}

function blocked({ type, inside }: ErrorDetails): string {
  if (typeof inside === 'string') return `“${inside}” inside it`
  return typeof type === 'string' ? `files of the type .${type}` : 'files of this type'
}

function megabytes(bytes: Detail): string {
  return typeof bytes === 'number' ? `${Math.round(bytes / 1_000_000)} MB` : '100 MB'
}

function inLine(details: ErrorDetails): string {
  return typeof details.line === 'number' ? ` in line ${details.line}` : ''
}

function count(limit: Detail, many: string, otherwise: string): string {
  return typeof limit === 'number' ? `${new Intl.NumberFormat().format(limit)} ${many}` : otherwise
}

function waiting(details: ErrorDetails): string {
  return typeof details.waiting === 'number' ? ` (${details.waiting})` : ''
}

function quoted(value: Detail): string {
  return typeof value === 'string' ? `“${value}”` : 'One of the entries'
}
