import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications, notifications } from '@mantine/notifications'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import type { ApiError } from '../api/api-error.ts'
import type { ApiClient } from '../api/client.ts'
import { ApiProvider } from '../api/provider.tsx'
import { ErrorTextContext } from '../ui/error-text-context.ts'
import { ConnectionGate } from './ConnectionGate.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { errorText } from './error-text.ts'
import type { AppRouter } from './routes.tsx'
import { cssVariables, theme } from './theme.ts'

interface Props {
  readonly client: ApiClient
  readonly cache: QueryClient
  readonly router: AppRouter
}

export function App({ client, cache, router }: Props) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ErrorBoundary>
        <ErrorTextContext value={errorText}>
          <QueryClientProvider client={cache}>
            <ApiProvider client={client} onFailure={showFailure}>
              <ModalsProvider>
                <Notifications position="bottom-right" limit={4} />
                <ConnectionGate>
                  <RouterProvider router={router} />
                </ConnectionGate>
              </ModalsProvider>
            </ApiProvider>
          </QueryClientProvider>
        </ErrorTextContext>
      </ErrorBoundary>
    </MantineProvider>
  )
}

/** A change that did not happen. What the rep stopped needs no message. */
function showFailure(error: ApiError): void {
  if (error.code === 'request.cancelled') return
  notifications.show({
    id: `failure-${error.code}`,
    color: 'red',
    title: 'That did not work',
    message: errorText(error),
    autoClose: 12_000,
    role: 'alert',
  })
}
