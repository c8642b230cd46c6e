package evidence_test

import (
	"crypto"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"sslclinic/wasmcheck/api"
	"sslclinic/wasmcheck/evidence"
)

// TestAKeyIsHeldAgainstItsCertificateAndKeptNowhere: pasted beside each other, on one line, in quotes, or apart.
func TestAKeyIsHeldAgainstItsCertificateAndKeptNowhere(t *testing.T) {
	pair := func() (cert, key string) {
		k, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		template := &x509.Certificate{SerialNumber: big.NewInt(7), DNSNames: []string{"example.com"}}
		der, err := x509.CreateCertificate(rand.Reader, template, template, &k.PublicKey, k)
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(k)}))
	}
	cert, key := pair()
	_, other := pair()
	line := `"key": "` + strings.ReplaceAll(key, "\n", `\n`) + `"`
	for name, row := range map[string]struct {
		paste string
		want  string
	}{
		"beside":         {cert + key, "key_fits"},
		"before":         {key + "\n" + cert, "key_fits"},
		"on one line":    {cert + line + "\n", "key_fits"},
		"quoted":         {cert + "> " + strings.ReplaceAll(strings.TrimSpace(key), "\n", "\n> ") + "\n", "key_fits"},
		"another":        {cert + other, "key_of_another"},
		"one of them":    {cert + other + key, "key_fits"},
		"cut off":        {cert + key[:len(key)/2], ""},
		"no key":         {cert, ""},
		"no certificate": {key, ""},
	} {
		r := evidence.Read(row.paste, "2026-11-28")
		for _, note := range []string{"key_fits", "key_of_another", "key_not_compared"} {
			if slices.Contains(r.Notes, note) != (note == row.want) {
				t.Errorf("%s: %v", name, r.Notes)
			}
		}
		said := string(api.Read(row.paste, "2026-11-28")) + evidence.Mask(row.paste)
		for _, secret := range []string{key, other} {
			if lines := strings.Split(secret, "\n"); strings.Contains(said, lines[5]) {
				t.Errorf("%s: a key is told", name)
			}
		}
	}
}

// TestWhatIsPrintedOfAKeyIsHeldAgainstItsCertificateToo: a modulus, a public key, a digest; and what tells nothing is said.
func TestWhatIsPrintedOfAKeyIsHeldAgainstItsCertificateToo(t *testing.T) {
	block := func(kind string, der []byte, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
	}
	made := func(key crypto.Signer) (cert, public, private string) {
		template := &x509.Certificate{SerialNumber: big.NewInt(7), DNSNames: []string{"example.com"}}
		der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
		cert = block("CERTIFICATE", der, err)
		der, err = x509.MarshalPKIXPublicKey(key.Public())
		public = block("PUBLIC KEY", der, err)
		der, err = x509.MarshalPKCS8PrivateKey(key)
		return cert, public, block("PRIVATE KEY", der, err)
	}
	var certs, publics, moduli, digests [2]string
	for i := range 2 {
		k, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		certs[i], publics[i], _ = made(k)
		moduli[i] = fmt.Sprintf("Modulus=%X\n", k.N)
		digests[i] = fmt.Sprintf("MD5(stdin)= %x\n", k.N.Bytes()[:16])
	}
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert, public, private := made(edwards)
	const asked = "$ openssl rsa -noout -modulus -in example.key | openssl md5\n"
	encrypted := strings.ReplaceAll(private, "PRIVATE KEY", "ENCRYPTED PRIVATE KEY")
	for name, row := range map[string]struct{ paste, want string }{
		"modulus and certificate":          {certs[0] + moduli[0], "key_fits"},
		"modulus of another":               {certs[0] + moduli[1], "key_of_another"},
		"two moduli":                       {moduli[0] + "\n" + moduli[0], "key_fits"},
		"two that differ":                  {moduli[0] + moduli[1], "key_of_another"},
		"three of which one differs":       {moduli[0] + moduli[0] + moduli[1], "key_of_another"},
		"one alone":                        {moduli[0], ""},
		"two public keys":                  {publics[0] + publics[0], "key_fits"},
		"two public keys that differ":      {publics[0] + publics[1], "key_of_another"},
		"public key and certificate":       {public + cert, "key_fits"},
		"public key of another":            {publics[0] + cert, "key_of_another"},
		"two digests":                      {asked + digests[0] + asked + digests[0], "key_fits"},
		"two digests that differ":          {asked + digests[0] + asked + digests[1], "key_of_another"},
		"digests of nobody knows what":     {digests[0] + digests[1], ""},
		"a key of Ed25519":                 {cert + private, "key_not_compared"},
		"a key that is encrypted":          {certs[0] + encrypted, "key_not_compared"},
		"the same, and its public key too": {cert + private + public, "key_fits"},
		"no certificate":                   {private, ""},
		"no number":                        {certs[0] + "Modulus=No Modulus for this public key type\n", ""},
	} {
		r := evidence.Read(row.paste, "2026-11-28")
		for _, note := range []string{"key_fits", "key_of_another", "key_not_compared"} {
			if slices.Contains(r.Notes, note) != (note == row.want) {
				t.Errorf("%s: %v", name, r.Notes)
			}
		}
		if strings.Contains(string(api.Read(row.paste, ""))+evidence.Mask(row.paste), strings.Split(private, "\n")[1]) {
			t.Errorf("%s: a key is told", name)
		}
	}
}
