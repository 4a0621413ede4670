import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Campaign } from '#shared/contract/campaigns'
import { CampaignBar } from '../../ui/CampaignBar.tsx'
import { answerWords, progressWords, sentWords } from './campaign-words.ts'

interface Props {
  readonly progress: Campaign['progress']
  readonly name: string
}

/** The bar, and the same in figures. */
export function CampaignProgress({ progress, name }: Props) {
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
      {answers.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          What came back: {answers.join(' · ')}
        </Text>
      )}
    </div>
  )
}
