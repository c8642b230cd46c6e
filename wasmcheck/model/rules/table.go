package rules

import "sslclinic/wasmcheck/model"

var table = []struct {
	rule       model.Rule
	confidence Confidence
	pages      []page
}{
	{model.DirectToOrigin, Documented, []page{pageProxy}},
	{model.HSTSUpgrade, Documented, []page{pageHSTS}},
	{model.PortNotProxied, Documented, []page{pagePorts}},
	{model.EdgeCertIsPending, Documented, []page{pageMismatch}},
	{model.EdgeCertLacksName, Documented, []page{pageMismatch}},
	{model.EdgeCertIsExpired, Documented, []page{pageMismatch}},
	{model.OffRedirectsToHTTP, Documented, []page{pageOff}},
	{model.OffHidesAlwaysHTTPS, Documented, []page{pageAlways, pageOff}},
	{model.AlwaysHTTPSRedirects, Documented, []page{pageAlways}},

	{model.OffPlain, Documented, []page{pageOff}},
	{model.FlexiblePlain, Documented, []page{pageFlexible}},
	{model.FlexibleOtherPort, Documented, []page{pageFlexible, pageFlexAlt}},
	{model.FullFollowsHTTP, Documented, []page{pageFull}},
	{model.FullUnchecked, Documented, []page{pageFull}},
	{model.StrictFollowsHTTP, Documented, []page{pageStrict, pageFull}},
	{model.StrictChecked, Documented, []page{pageStrict}},
	{model.SSLOnlyChecked, Documented, []page{pageSSLOnly}},

	{model.OriginNameUnresolved, Documented, []page{page530}},
	{model.OriginUnreachable, Documented, []page{page523}},
	{model.OriginAddressWrong, Inferred, []page{page522, page523}},
	{model.ConnectionRefused, Documented, []page{page521, pageNothing}},
	{model.Port443Refused, Unsettled, []page{page525, page521, pageNothing}},
	{model.ConnectionDropped, Documented, []page{page522, pageLimits}},
	{model.EdgeAloneRefused, Unsettled, []page{page521, page525}},
	{model.EdgeAloneDropped, Documented, []page{page522}},

	{model.HandshakeMeetsPlain, Laboratory, []page{page525}},
	{model.HandshakeUnanswered, Unsettled, []page{page525, page522}},
	{model.HandshakeReset, Documented, []page{page525}},
	{model.NoUsableCertificate, Documented, []page{page525}},
	{model.NameRejected, Documented, []page{page525}},
	{model.NoCommonVersion, Inferred, []page{pageCiphers, page525}},
	{model.NoCommonCipher, Documented, []page{page525, pageCiphers}},
	{model.ClientCertAlertInHandshake, Unsettled, []page{pageAOP, page525, page520}},

	{model.FullAcceptsAnyCertificate, Documented, []page{pageFull}},
	{model.OriginCATrusted, Documented, []page{pageStrict, pageOriginCA}},
	{model.UnknownAuthority, Documented, []page{page526}},
	{model.CertificateExpired, Documented, []page{page526, pageShields}},
	{model.CertificateNotYetValid, Documented, []page{pageStrict}},
	{model.CertificateNameMismatch, Documented, []page{page526}},
	{model.ChainIncomplete, Documented, []page{pageChain, page526}},

	{model.ClientCertPresented, Documented, []page{pageAOP}},
	{model.ClientCert400, Laboratory, []page{pageAOP}},
	{model.ClientCertAlertAfterHandshake, Unsettled, []page{page520, pageAOP}},
	{model.AOPAuthorityMismatch, Unsettled, []page{pageAOPZone, page520}},

	{model.PlainToTLSPort, Laboratory, []page{pageGathering}},
	{model.ClosedWithoutAnswer, Laboratory, []page{page520}},
	{model.ResponseIsEmpty, Documented, []page{page520}},
	{model.ResponseIsSlow, Documented, []page{page524}},
	{model.ResponseHeadersTooBig, Documented, []page{page520, pageLimits}},

	{model.OriginRedirectsToHTTPS, Documented, []page{pageLoop}},
	{model.OriginRedirectsForwardedHTTP, Documented, []page{pageHeaders}},
	{model.OriginSeesForwardedHTTPS, Documented, []page{pageHeaders}},
	{model.OriginRedirectsToHTTP, Documented, []page{pageLoop}},
	{model.AddressRepeats, Documented, []page{pageLoop}},
	{model.EndsOnHTTP, Unsettled, []page{pageLoop}},
	{model.Served, Documented, []page{pageFull}},
	{model.MixedContent, Documented, []page{pageMixed}},

	{model.DirectNameUnresolved, Inferred, []page{pageProxy}},
	{model.DirectTimeout, Inferred, []page{pageProxy}},
	{model.DirectRefused, Inferred, []page{pageProxy}},
	{model.DirectHandshakeFails, Inferred, []page{pageProxy}},
	{model.DirectCertificateRejected, Inferred, []page{pageProxy}},
	{model.DirectOriginCARejected, Documented, []page{pageOCATrust, pageOriginCA}},
	{model.DirectPlainToTLS, Laboratory, []page{pageGathering}},
	{model.DirectClientCert, Inferred, []page{pageAOP}},
	{model.DirectClosed, Inferred, []page{pageProxy}},
	{model.DirectPatient, Inferred, []page{page524, pageLimits}},
}
