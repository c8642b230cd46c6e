package evidence_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
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
		for _, note := range []string{"key_fits", "key_of_another"} {
			if slices.Contains(r.Notes, note) != (note == row.want) {
				t.Errorf("%s: %v", name, r.Notes)
			}
		}
		said := string(api.Read(row.paste, "2026-11-28")) + r.Masked
		for _, secret := range []string{key, other} {
			if lines := strings.Split(secret, "\n"); strings.Contains(said, lines[5]) {
				t.Errorf("%s: a key is told", name)
			}
		}
	}
}
