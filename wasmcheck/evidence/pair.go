package evidence

// A pairing is what is known of keys and certificates that were pasted beside each other. Of a private key only its public part is
// kept, and that is nobody's secret.
type pairing struct {
	private [][]byte // the public parts of private keys that were taken out
	leaves  [][]byte // the same, of certificates that are no authority's
	whole   [][]byte // of these certificates, the public key with its kind
	closed  bool     // there is a private key that does not tell its public part
}

// pair says whether a key and a certificate belong together. They may stand there, or what openssl prints of them: their
// modulus, their public key, or a digest of either. Where there are several of one, one pair is enough; of what is printed, all
// have to be the same.
func (r *reader) pair() {
	k := &r.keys
	moduli, publics, digests := r.printedKeys()
	same, told := false, false
	compare := func(all, others [][]byte) {
		for _, a := range all {
			for _, b := range others {
				told = true
				same = same || string(a) == string(b)
			}
		}
	}
	compare(k.private, k.leaves)
	compare(moduli, k.leaves)
	compare(moduli, k.private)
	compare(publics, k.whole)
	for _, all := range [][][]byte{moduli, publics, digests} {
		for i, one := range all[:max(len(all)-1, 0)] {
			same = string(one) == string(all[i+1]) && (same || !told)
			told = true
		}
	}
	switch {
	case told && same:
		r.note("key_fits")
	case told:
		r.note("key_of_another")
	case k.closed && len(k.leaves) > 0:
		r.note("key_not_compared")
	}
}

// kept is a list with one more.
func kept(all [][]byte, one []byte) [][]byte { return append(all, one) }

// printedKeys are what openssl prints of keys and of certificates alike: with -modulus, with -pubout or -pubkey, and what a digest
// makes of either.
func (r *reader) printedKeys() (moduli, publics, digests [][]byte) {
	asked := false
	for i := 0; i < len(r.lines); i++ {
		text, low := r.lines[i].text, r.lines[i].low
		asked = asked || has(low, "openssl") && hasAny(low, "-modulus|-pubkey|-pubout")
		switch {
		case begins(low, "modulus="):
			if n := unhex(trim(low[8:])); len(n) >= 64 {
				moduli = kept(moduli, n)
			}
		case asked && has(low, "(stdin)= "):
			digests = kept(digests, []byte(trimAfter(low, "(stdin)= ")))
		case begins(low, "-----begin public key-----"):
			body := text[len("-----begin public key-----"):]
			for i++; i < len(r.lines) && len(body) < 1<<14 && !has(body, "-----END"); i++ {
				body += r.lines[i].text
			}
			publics = kept(publics, decode64(until(body, "-----END"), 1<<14))
			i--
		}
	}
	return moduli[:min(len(moduli), maxCertificates)], publics[:min(len(publics), maxCertificates)], digests[:min(len(digests), maxCertificates)]
}

// unhex reads a number that is written with sixteen digits, without zeros before it; nothing where there is another sign in it.
func unhex(s string) []byte {
	var all []byte
	for i := 0; i+1 < len(s); i += 2 {
		n := 0
		for _, c := range []byte(s[i : i+2]) {
			switch {
			case c >= '0' && c <= '9':
				n = n<<4 | int(c-'0')
			case c >= 'a' && c <= 'f':
				n = n<<4 | int(c-'a'+10)
			default:
				return nil
			}
		}
		if n > 0 || len(all) > 0 {
			all = append(all, byte(n))
		}
	}
	return all
}
