import { Icon } from '../../ui/icons/Icon'
import { t } from '../../ui/strings/t'
import type { Certificate, Status } from '../api'
import { date, duration } from '../parts/format'

const dayMs = 86_400_000

/** The certificate, and what there is to know of the server itself. */
export function CertificateCard({ status }: { status: Status }) {
  return (
    <section class="section" aria-labelledby="server-title">
      <header class="section-head">
        <h2 id="server-title">{t('admin.server.title')}</h2>
      </header>
      <dl class="card facts" data-testid="certificate">
        {status.certificate ? (
          <CertificateFacts certificate={status.certificate} />
        ) : (
          <div>
            <dt>{t('admin.certificate.title')}</dt>
            <dd>{t('admin.certificate.proxy')}</dd>
          </div>
        )}
        <div>
          <dt>{t('admin.server.running')}</dt>
          <dd>
            {duration(Date.parse(status.startedAt), Date.now())} <small>{t('admin.server.version', { version: status.version })}</small>
          </dd>
        </div>
      </dl>
    </section>
  )
}

function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const days = Math.floor((Date.parse(certificate.notAfter) - Date.now()) / dayMs)
  const expired = days < 0
  const well = certificate.trusted && !expired && days >= 7
  return (
    <>
      <div>
        <dt>{t('admin.certificate.title')}</dt>
        <dd>
          <span class={well ? 'state state-ok' : 'state state-warning'}>
            <Icon name={well ? 'star' : 'warning'} size="small" />
            {t(expired ? 'admin.certificate.expired' : certificate.trusted ? 'admin.certificate.trusted' : 'admin.certificate.untrusted')}
          </span>
          <small>{certificate.issuer ? t('admin.certificate.by', { issuer: certificate.issuer }) : t('admin.certificate.own')}</small>
          {certificate.problem && <small dir="auto">{certificate.problem}</small>}
        </dd>
      </div>
      <div>
        <dt>{t('admin.certificate.until')}</dt>
        <dd>
          {date(certificate.notAfter)} <small>{t('admin.certificate.days', { count: Math.max(0, days) })}</small>
        </dd>
      </div>
      <div>
        <dt>{t('admin.certificate.names')}</dt>
        <dd>
          {certificate.names.map((name) => (
            <bdi key={name} class="name">
              {name}
            </bdi>
          ))}
        </dd>
      </div>
    </>
  )
}
