/** The day in a few lines: on the page whenever somebody looks, and once a day as a notification and as a mail to oneself. */
import { write } from '#db/open'
import { getDayFigures } from '#db/queries/digest'
import { listMailboxes } from '#db/queries/mailboxes'
import { countStatus } from '#db/queries/send-views'
import { getSetting, setSetting } from '#db/queries/settings'
import type { Digest, DigestRules } from '#shared/contract/digest'
import { nextDigestAt } from '#shared/domain/digest-time'
import { LEAST_HEALTH } from '#shared/domain/gates'
import { DAY_MS } from '#shared/domain/pacing'
import { localDateOf, startOfDay } from '#shared/domain/wall-time'
import type { Disarm } from '../../platform/clock.ts'
import type { EngineContext } from '../context.ts'
import { createDigestMails, type DigestMailsDeps } from './digest-mail.ts'
import { type DigestFigures, digestMail, digestText } from './digest-text.ts'
import type { Forecasts } from '../planning/forecast.ts'
import type { Mailboxes } from '../mailboxes/mailboxes.ts'

const INSIGHTS = { label: 'Open Insights', page: '/insights' }

export interface Digests {
  today(): Digest
  rules(): DigestRules
  saveRules(rules: DigestRules): DigestRules
  /** Waits for the time of day from now on. */
  start(): void
  close(): void
}

export interface DigestsDeps
  extends Pick<EngineContext, 'db' | 'clock' | 'log' | 'native'>, Pick<DigestMailsDeps, 'testMails'> {
  readonly forecasts: Pick<Forecasts, 'moments'>
  readonly mailboxes: Pick<Mailboxes, 'find' | 'get'>
}

export function createDigests(deps: DigestsDeps): Digests {
  const { db, clock } = deps
  let disarm: Disarm = () => {}
  let isRunning = false
  const mails = createDigestMails({
    ...deps,
    write: () => digestMail(figuresOf(deps), localDateOf(clock.now(), clock.zone())),
  })

  function arm(): void {
    disarm()
    const { isOn, minuteOfDay } = getSetting(db, 'digest')
    if (!isRunning || !isOn || !deps.native.capabilities.notifications) return
    const lastDate = getSetting(db, 'lastDigestDate')
    const due = nextDigestAt({ now: clock.now(), zone: clock.zone(), minuteOfDay, lastDate })
    disarm = clock.at(Math.max(due, clock.now()), wake)
  }

  function wake(): void {
    try {
      tellOnce()
    } catch (error) {
      deps.log.error('no digest today', error)
      // Not at once again: a disk that is full stays full for a while.
      disarm = clock.at(clock.now() + DAY_MS / 24, wake)
      return
    }
    arm()
  }

  /** The day is remembered first: rather none than a second one after a crash. */
  function tellOnce(): void {
    const now = clock.now()
    const { minuteOfDay } = getSetting(db, 'digest')
    const lastDate = getSetting(db, 'lastDigestDate')
    if (nextDigestAt({ now, zone: clock.zone(), minuteOfDay, lastDate }) > now) return
    write(db, (tx) => setSetting(tx, 'lastDigestDate', localDateOf(now, clock.zone())))
    deps.native.notify({ title: 'Your day in Pacemail', body: digestText(figuresOf(deps)), action: INSIGHTS })
  }

  /** Throws `mailbox.not_found`. */
  function saveRules({ mailboxId, ...rules }: DigestRules): DigestRules {
    if (mailboxId !== null) deps.mailboxes.get(mailboxId)
    write(db, (tx) => {
      setSetting(tx, 'digest', rules)
      setSetting(tx, 'digestMail', { mailboxId, notUntil: notUntil(rules.minuteOfDay) })
    })
    arm()
    mails.rearm()
    return { ...rules, mailboxId }
  }

  /** Mails that were asked for a moment ago begin with the next time of the day that comes. */
  function notUntil(minuteOfDay: number): string {
    const known = getSetting(db, 'digestMail')
    if (known.mailboxId !== null) return known.notUntil
    const now = clock.now()
    const zone = clock.zone()
    return nextDigestAt({ now, zone, minuteOfDay, lastDate: '' }) <= now ? localDateOf(now, zone) : ''
  }

  return {
    today: () => ({ ...figuresOf(deps), mail: mails.today() }),
    rules() {
      const { mailboxId } = getSetting(db, 'digestMail')
      return { ...getSetting(db, 'digest'), mailboxId: mailboxId as DigestRules['mailboxId'] }
    },
    saveRules,
    start() {
      isRunning = true
      arm()
      mails.start()
    },
    close() {
      isRunning = false
      disarm()
      mails.close()
    },
  }
}

function figuresOf({ db, clock, forecasts }: DigestsDeps): DigestFigures {
  const zone = clock.zone()
  const today = startOfDay(clock.now(), zone)
  // A day has 23 to 25 hours: 26 hours after its start the next one has begun.
  const tomorrow = startOfDay(today + DAY_MS + DAY_MS / 12, zone)
  const dayAfter = startOfDay(tomorrow + DAY_MS + DAY_MS / 12, zone)
  const moments = forecasts.moments()
  return {
    yesterday: getDayFigures(db, { since: startOfDay(today - 1, zone), until: today }),
    today: getDayFigures(db, { since: today, until: tomorrow }),
    planned: {
      today: moments.filter((moment) => moment < tomorrow).length,
      tomorrow: moments.filter((moment) => moment >= tomorrow && moment < dayAfter).length,
    },
    needsYou: {
      uncertain: countStatus(db, 'uncertain'),
      mailboxes: listMailboxes(db)
        .filter(({ status, health }) => status === 'needs_sign_in' || health < LEAST_HEALTH)
        .map(({ address }) => address),
    },
  }
}
