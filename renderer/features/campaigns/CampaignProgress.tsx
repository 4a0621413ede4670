import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '#shared/contract/campaigns'
import { CampaignBar } from '../../ui/CampaignBar.tsx'
import { useNow } from '../../ui/use-now.ts'
import { answerWords, progressWords, rateWords, sentWords } from './campaign-words.ts'

/** The bar, and the same in figures. */
export function CampaignProgress({ campaign }: { readonly campaign: Campaign }) {
  const { progress, name } = campaign
  const rate = rateWords(campaign, useNow(60_000))
  const answers = answerWords(progress)
  return (
    <div>
      <CampaignBar progress={progress} label={`Progress of ${name}`} size="md" />
      <Text size="sm">
        {[sentWords(progress), ...progressWords(progress)].join(' · ')}
        {progress.uncertain === 0 ? null : (
          <>
            {' · '}
            <Anchor
              size="sm"
              underline="always"
              renderRoot={(props) => <Link to="/queue" search={{ status: 'uncertain' }} {...props} />}
            >
              Decide now
            </Anchor>
          </>
        )}
      </Text>
      {rate === null ? null : (
        <Text size="sm" c="dimmed">
          Sent: {rate}
        </Text>
      )}
      {answers.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          What came back: {answers.join(' · ')}
        </Text>
      )}
    </div>
  )
}
