package certificate_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"net"
	"slices"
	"testing"
	"time"

	"sslclinic/wasmcheck/certificate"
)

// keys are one of each kind that servers have.
func keys(t testing.TB) []crypto.Signer {
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	_, d, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return []crypto.Signer{r, e, d}
}

// generated makes certificates at random, by number: names, days, kinds of keys, issuers, extensions.
func generated(t testing.TB, count int) [][]byte {
	random := mathrand.New(mathrand.NewPCG(525, 526))
	signers := keys(t)
	words := []string{"example.com", "Let's Encrypt", "CloudFlare, Inc.", "日本レジストリ", "R11", "é", "", "*.example.com", "Acme Co"}
	pick := func() string { return words[random.IntN(len(words))] }
	name := func() pkix.Name {
		n := pkix.Name{CommonName: pick()}
		for range random.IntN(3) {
			n.Organization = append(n.Organization, pick()+"x")
			n.OrganizationalUnit = append(n.OrganizationalUnit, pick()+"y")
		}
		return n
	}
	var all [][]byte
	for i := range count {
		day := time.Date(1950+random.IntN(150), time.Month(1+random.IntN(12)), 1+random.IntN(28), random.IntN(24), random.IntN(60), random.IntN(60), 0, time.UTC)
		leaf := &x509.Certificate{SerialNumber: big.NewInt(int64(random.Uint32())), Subject: name(), NotBefore: day, NotAfter: day.Add(time.Duration(random.IntN(90*365)) * 24 * time.Hour / 4)}
		for j := range random.IntN(5) {
			leaf.DNSNames = append(leaf.DNSNames, fmt.Sprintf("%d.example.com", j))
		}
		if random.IntN(3) == 0 {
			leaf.IPAddresses = []net.IP{net.IPv4(203, 0, 113, byte(i)), net.ParseIP("2001:db8::1")}
		}
		if random.IntN(3) == 0 {
			leaf.EmailAddresses = []string{"postmaster@example.com"}
		}
		if random.IntN(2) == 0 {
			leaf.BasicConstraintsValid, leaf.IsCA = true, random.IntN(2) == 0
		}
		if random.IntN(2) == 0 {
			leaf.KeyUsage, leaf.ExtKeyUsage = x509.KeyUsageDigitalSignature, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		}
		parent, key := &x509.Certificate{Subject: name()}, signers[random.IntN(len(signers))]
		if random.IntN(4) == 0 {
			parent = leaf
		}
		der, err := x509.CreateCertificate(rand.Reader, leaf, parent, signers[random.IntN(len(signers))].Public(), key)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, der)
	}
	return all
}

// same is a law: what is read is what crypto/x509 reads.
func same(t *testing.T, der []byte, want *x509.Certificate) {
	t.Helper()
	got, ok := certificate.Parse(der)
	if !ok {
		t.Errorf("not read: %x", der)
		return
	}
	first := func(all []string) string {
		if len(all) == 0 {
			return ""
		}
		return all[0]
	}
	for what, pair := range map[string][2]any{
		"the subject":       {got.Subject.CommonName, want.Subject.CommonName},
		"its organization":  {got.Subject.Organization, first(want.Subject.Organization)},
		"its unit":          {got.Subject.Unit, first(want.Subject.OrganizationalUnit)},
		"the issuer":        {got.Issuer.CommonName, want.Issuer.CommonName},
		"its organization ": {got.Issuer.Organization, first(want.Issuer.Organization)},
		"its unit ":         {got.Issuer.Unit, first(want.Issuer.OrganizationalUnit)},
		"the first day":     {got.NotBefore, want.NotBefore.Unix()},
		"the last day":      {got.NotAfter, want.NotAfter.Unix()},
		"whether it issues": {got.CA, want.IsCA},
		"self-issued":       {got.SelfIssued(), bytes.Equal(want.RawIssuer, want.RawSubject)},
		"the key":           {string(got.Key), string(want.RawSubjectPublicKeyInfo)},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %v, and crypto/x509 reads %v", what, pair[0], pair[1])
		}
	}
	if !slices.Equal(got.DNS, want.DNSNames) {
		t.Errorf("the names are %q, and crypto/x509 reads %q", got.DNS, want.DNSNames)
	}
	if len(got.IPs) != len(want.IPAddresses) {
		t.Errorf("the addresses are %v, and crypto/x509 reads %v", got.IPs, want.IPAddresses)
	}
}

func TestWhatIsReadIsWhatTheStandardLibraryReads(t *testing.T) {
	for _, der := range generated(t, 300) {
		want, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		same(t, der, want)
	}
}

func TestWhatIsCutOffIsNotRead(t *testing.T) {
	for _, der := range generated(t, 3) {
		for n := range der {
			if _, ok := certificate.Parse(der[:n]); ok {
				t.Errorf("%d of %d bytes were read", n, len(der))
			}
		}
		if _, ok := certificate.Parse(append(der, 0)); ok {
			t.Error("what has something behind it was read")
		}
	}
}

func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	for day := -10000; day < 60000; day++ {
		want := time.Unix(int64(day)*86400, 0).UTC()
		if y, m, d := certificate.Date(day); y != want.Year() || m != int(want.Month()) || d != want.Day() || certificate.Day(y, m, d) != day {
			t.Fatalf("day %d is %d-%d-%d, and should be %v", day, y, m, d, want)
		}
	}
}

// FuzzParse holds that nothing makes it fail but by saying no; and that what crypto/x509 reads too, it reads alike.
func FuzzParse(f *testing.F) {
	for _, der := range generated(f, 20) {
		f.Add(der)
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		got, ok := certificate.Parse(der)
		if !ok {
			return
		}
		if len(got.DNS) > 256 {
			t.Errorf("%d names", len(got.DNS))
		}
		if want, err := x509.ParseCertificate(der); err == nil && want.NotBefore.Year() >= 1950 {
			if got.NotBefore != want.NotBefore.Unix() || got.NotAfter != want.NotAfter.Unix() || !slices.Equal(got.DNS, want.DNSNames) || got.Subject.CommonName != want.Subject.CommonName {
				t.Errorf("%+v, and crypto/x509 reads %+v", got, want)
			}
		}
	})
}
