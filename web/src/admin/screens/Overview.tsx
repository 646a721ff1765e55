import { Icon } from '../../ui/icons/Icon'
import { Button } from '../../ui/parts/Button'
import { t } from '../../ui/strings/t'
import { useAdmin } from '../context'
import { Chart } from '../parts/Chart'
import { bits, megabytes, percent } from '../parts/format'
import { ceilingOf } from '../parts/lines'
import { CertificateCard } from './CertificateCard'
import { Meetings } from './Meetings'

const megabyte = 1_048_576

/** How the server does: charts, the meetings that run, the certificate. */
export function Overview() {
  const admin = useAdmin()
  const status = admin.status.value
  const samples = admin.samples.value
  const times = samples.map((sample) => sample.at)
  const newest = samples.at(-1)
  const meetings = admin.rooms.value?.length ?? 0
  return (
    <>
      <h1 class="sr-only">{t('admin.tab.overview')}</h1>
      {status?.draining && (
        <div class="note note-warning" data-testid="draining">
          <Icon name="hourglass" size="small" />
          <span>{t(meetings > 0 ? 'admin.drain.waiting' : 'admin.drain.done')}</span>
          <Button onClick={() => void admin.drain(false)}>{t('admin.drain.off')}</Button>
        </div>
      )}
      <div class="charts">
        <Chart
          title={t('admin.chart.people')}
          times={times}
          series={[{ label: t('admin.chart.people'), values: samples.map((sample) => sample.people) }]}
          format={(value) => value.toLocaleString()}
          least={5}
          note={t('admin.chart.peopleNote', {
            meetings: t('admin.meetings.count', { count: newest?.meetings ?? 0 }),
            most: status?.participantsLimit ?? 0,
          })}
          testId="chart-people"
        />
        <Chart
          title={t('admin.chart.traffic')}
          times={times}
          series={[
            { label: t('admin.chart.out'), values: samples.map((sample) => sample.bitsOutPerSecond) },
            { label: t('admin.chart.in'), values: samples.map((sample) => sample.bitsInPerSecond) },
          ]}
          format={bits}
          least={1_000_000}
          testId="chart-traffic"
        />
        <Chart
          title={t('admin.chart.cpu')}
          times={times}
          series={[{ label: t('admin.chart.cpu'), values: samples.map((sample) => sample.cpu) }]}
          format={(value) => percent(value)}
          least={1}
          ceiling={1}
          note={t('admin.chart.cpuNote', { count: status?.processors ?? 1 })}
          testId="chart-cpu"
        />
        <Chart
          title={t('admin.chart.memory')}
          times={times}
          series={[{ label: t('admin.chart.memory'), values: samples.map((sample) => sample.residentBytes) }]}
          format={megabytes}
          least={megabyte}
          ceiling={ceilingOf(samples.map((sample) => sample.residentBytes / megabyte), 256) * megabyte}
          note={t('admin.chart.memoryNote', { used: megabytes(newest?.heapUsedBytes ?? 0), limit: megabytes(status?.heapLimitBytes ?? 0) })}
          testId="chart-memory"
        />
      </div>
      <Meetings />
      {status && <CertificateCard status={status} />}
    </>
  )
}
