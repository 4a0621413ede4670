import { AppError } from '#shared/errors'
import type { Followed, MailProvider, OutgoingMail, ProofTimes } from '../mail-provider.ts'
import { createMicrosoftTokens, type AccessTokens, type MicrosoftAccount } from './microsoft-tokens.ts'
import { contentHashOf, decodeDraftRef, encodeDraftRef, type DraftRef } from './outlook-draft-ref.ts'
import { attachFiles } from './outlook-files.ts'
import { findFate, findSentId, listStrayDrafts, readById, throwAway } from './outlook-drafts.ts'
import { createOutlookHolding } from './outlook-holding.ts'
import { messageIn, notThisDraft, patchMessage, prepareToLeave, refOfMail, sendOnce } from './outlook-leaving.ts'
import { field, headerWithKey, messagePath, textOf, toGraphMessage, type OutlookMessage } from './outlook-message.ts'
import { createOutlookReader } from './outlook-reader.ts'
import { assertGood, createOutlookSession, objectIn, stopIfAborted, type OutlookSession } from './outlook-session.ts'

/**
 * A mailbox at Exchange Online or Outlook.com, through Microsoft Graph: a draft, then that draft once (providers.md §5.2).
 * Never `sendMail`, where each call is another mail.
 */
export function createOutlookProvider(account: MicrosoftAccount): MailProvider {
  return outlookWith(account, createMicrosoftTokens(account))
}

function outlookWith({ endpoints, timeoutMs, turns }: MicrosoftAccount, tokens: AccessTokens): MailProvider {
  const session = createOutlookSession({ graphUrl: endpoints.graphUrl, timeoutMs, turns }, tokens)
  return {
    kind: 'outlook',
    proof: PROOF,
    hasVisibleDrafts: true,
    looksAt: ['draft', 'key', 'message_id'],
    reader: createOutlookReader(session),
    createDraft: async (mail, signal) => {
      const draft = await createDraft(session, mail, signal)
      return { draftId: encodeDraftRef(refOf(draft, mail)) }
    },
    sendDraft: async (draftId, mail, beforeFirstByte, signal) => {
      const ref = refOfMail(draftId, mail)
      const left = await prepareToLeave(session, { ref, mail, leavesAt: null }, signal)
      return left ?? sendOnce(session, { ref, beforeFirstByte }, signal)
    },
    holding: createOutlookHolding(session),
    findDraft: (key, draftId, signal) => findFate(session, { key, draftId }, signal),
    deleteDraft: (draftId, signal) => deleteDraft(session, draftId, signal),
    strayDrafts: (signal) => listStrayDrafts(session, signal),
    ownAddresses: (signal) => listOwnAddresses(session, signal),
    check: async (signal) => {
      await check(session, signal)
      return { mostMailBytes: null }
    },
  }
}

/** The waiting times of providers.md §5.2. */
const PROOF: ProofTimes = {
  firstLookMs: 60_000,
  draftAgeMs: 180_000,
  draftLooks: 2,
  betweenLooksMs: 60_000,
  giveUpMs: 600_000,
}

async function createDraft(session: OutlookSession, mail: OutgoingMail, signal: AbortSignal): Promise<OutlookMessage> {
  const draft = await createText(session, mail, signal)
  if (mail.attachments.length === 0) return draft
  try {
    await attachFiles(session, { id: draft.id, files: mail.attachments }, signal)
    // Each file makes another version of the draft.
    return (await readById(session, draft.id, signal)) ?? draft
  } catch (error) {
    await throwHalfAway(session, draft.id, signal)
    throw error
  }
}

/** A draft without all its files should not lie about in the rep's mailbox. Where this fails too, the sweep finds it by its key. */
async function throwHalfAway(session: OutlookSession, id: string, signal: AbortSignal): Promise<void> {
  try {
    await throwAway(session, id, signal)
  } catch {
    // The failure that led here is the one to tell.
  }
}

async function createText(session: OutlookSession, mail: OutgoingMail, signal: AbortSignal): Promise<OutlookMessage> {
  const content = await toGraphMessage(mail)
  stopIfAborted(signal)
  const { follows } = mail
  if (follows !== null) return createFollowUp(session, { mail, content, follows }, signal)
  return postMessage(session, { ...content, ...headerWithKey(mail) }, signal)
}

/**
 * A reply to our own sent mail: Exchange threads by its own index, which only `createReply` carries on (providers.md §6).
 * The content goes along, so that our key is in the draft from the start, and is written once more afterwards: a reply to
 * oneself is addressed to oneself, and Exchange adds a quotation and "RE:".
 */
async function createFollowUp(
  session: OutlookSession,
  { mail, content, follows }: { mail: OutgoingMail; content: object; follows: Followed },
  signal: AbortSignal,
): Promise<OutlookMessage> {
  const reply = await replyTo(session, { content, follows }, signal)
  if (reply === null)
    return postMessage(session, { ...withReferences(content, follows), ...headerWithKey(mail) }, signal)
  return (await patchMessage(session, { id: reply.id, content }, signal)) ?? reply
}

/** Null when the mail that this one follows is gone. Its id may have changed on sending, so its Message-ID counts too. */
async function replyTo(
  session: OutlookSession,
  { content, follows }: { content: object; follows: Followed },
  signal: AbortSignal,
): Promise<OutlookMessage | null> {
  const reply = async (id: string) => {
    const path = `${messagePath(id)}/createReply`
    return session.read({ method: 'POST', path, body: { message: content } }, signal)
  }
  const first = await reply(follows.providerMessageId)
  if (first !== null) return messageIn(first)
  const lastId = follows.messageIds.at(-1)
  const id = lastId === undefined ? null : await findSentId(session, lastId, signal)
  const second = id === null ? null : await reply(id)
  return second === null ? null : messageIn(second)
}

/** Without the mail it follows: the recipient's program still threads it (PidTagInReplyToId, PidTagInternetReferences; §6). */
function withReferences(content: object, { messageIds }: Followed): object {
  const { singleValueExtendedProperties: properties } = content as { singleValueExtendedProperties: object[] }
  return {
    ...content,
    singleValueExtendedProperties: [
      ...properties,
      { id: 'String 0x1042', value: messageIds.at(-1) ?? '' },
      { id: 'String 0x1039', value: messageIds.join(' ') },
    ],
  }
}

async function postMessage(session: OutlookSession, body: object, signal: AbortSignal): Promise<OutlookMessage> {
  const answer = assertGood(await session.ask({ method: 'POST', path: '/me/messages', body }, signal), 'prepare')
  return messageIn(objectIn(answer))
}

function refOf({ id, messageId, threadId, changeKey, folderId }: OutlookMessage, mail: OutgoingMail): DraftRef {
  return { key: mail.key, id, messageId, threadId, contentHash: contentHashOf(mail), changeKey, folderId }
}

async function deleteDraft(session: OutlookSession, draftId: string, signal: AbortSignal): Promise<void> {
  const ref = decodeDraftRef(draftId)
  if (ref === null) throw new AppError('mail.invalid', 'not a draft of ours')
  if (await throwAway(session, ref.id, signal)) return
  throw notThisDraft('the draft is already leaving', 'draft_submitted')
}

/** `proxyAddresses` is null for a personal account; its entries are `SMTP:` for the first address, `smtp:` for the others. */
async function listOwnAddresses(session: OutlookSession, signal: AbortSignal): Promise<string[]> {
  const path = '/me?$select=mail,userPrincipalName,proxyAddresses'
  const me = objectIn(assertGood(await session.ask({ method: 'GET', path }, signal), 'prepare'))
  const proxies = field(me, 'proxyAddresses')
  const listed = Array.isArray(proxies) ? (proxies as unknown[]) : []
  const mails = listed.flatMap((each) => (typeof each === 'string' ? (/^smtp:(.+)$/i.exec(each)?.[1] ?? []) : []))
  return [textOf(me, 'mail') ?? [], textOf(me, 'userPrincipalName') ?? [], mails].flat()
}

/** The account, and whether a mailbox is behind it: `/me` answers for accounts without one as well. */
async function check(session: OutlookSession, signal: AbortSignal): Promise<void> {
  for (const path of ['/me?$select=id', '/me/mailFolders/inbox?$select=id']) {
    const answer = await session.ask({ method: 'GET', path }, signal)
    objectIn(assertGood(answer, 'prepare'))
  }
}
