package certificate_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"testing"

	"sslclinic/wasmcheck/certificate"
)

// TestAKeyFitsItsOwnCertificateAndNoOther, in every form in which keys are written.
func TestAKeyFitsItsOwnCertificateAndNoOther(t *testing.T) {
	r, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string][]byte{"PKCS #1": x509.MarshalPKCS1PrivateKey(r)}
	signers := map[string]any{"PKCS #1": r}
	for name, curve := range map[string]elliptic.Curve{"P-256": elliptic.P256(), "P-384": elliptic.P384()} {
		e, err := ecdsa.GenerateKey(curve, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		if forms[name], err = x509.MarshalECPrivateKey(e); err != nil {
			t.Fatal(err)
		}
		signers[name] = e
	}
	for name, key := range signers {
		whole, err := x509.MarshalPKCS8PrivateKey(key)
		if err != nil {
			t.Fatal(err)
		}
		forms[name+" in PKCS #8"], signers[name+" in PKCS #8"] = whole, key
	}
	publics := map[string]string{}
	for name := range signers {
		der := issued(t, signers[name])
		c, ok := certificate.Parse(der)
		if !ok {
			t.Fatalf("%s: no certificate", name)
		}
		publics[name] = string(c.Public())
	}
	for name, der := range forms {
		public, ok := certificate.PublicOf(der)
		if !ok || string(public) != publics[name] {
			t.Errorf("%s does not fit its certificate", name)
		}
		for other, of := range publics {
			if signers[other] != signers[name] && string(public) == of {
				t.Errorf("%s fits the certificate of %s", name, other)
			}
		}
	}
	for i := range forms["PKCS #1"] {
		certificate.PublicOf(forms["PKCS #1"][:i]) // what is cut off is no key, and no panic
	}
}

// issued is a certificate for a key.
func issued(t *testing.T, key any) []byte {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"example.com"}}
	var public any
	switch k := key.(type) {
	case *rsa.PrivateKey:
		public = &k.PublicKey
	case *ecdsa.PrivateKey:
		public = &k.PublicKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// FuzzPublicOf: whatever is no key has no public part that is longer than it is.
func FuzzPublicOf(f *testing.F) {
	f.Add([]byte{0x30, 0x03, 0x02, 0x01, 0x00})
	f.Fuzz(func(t *testing.T, der []byte) {
		if public, _ := certificate.PublicOf(der); len(public) > len(der) {
			t.Errorf("%x of %x", public, der)
		}
	})
}
