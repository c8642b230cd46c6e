package certificate

// PublicOf is the public part of a private key in DER, as [Certificate.Public] gives it: of PKCS #1, of SEC 1 where it holds the point,
// and of PKCS #8 around either. Nothing else of the key is kept. It is false for what is encrypted, of another kind, or no key.
func PublicOf(der []byte) ([]byte, bool) {
	if len(der) > maxSize {
		return nil, false
	}
	file := cursor{rest: der}
	outer, _ := file.next(tagSequence)
	c := cursor{rest: outer}
	version, _ := c.next(tagInteger)
	if file.failed || c.failed || len(version) != 1 {
		return nil, false
	}
	switch {
	case c.is(tagInteger): // PKCS #1: the modulus
		n, _ := c.next(tagInteger)
		return natural(n), !c.failed && len(n) > 0
	case c.is(tagSequence): // PKCS #8: its kind, and the key
		c.next(tagSequence)
		inner, _ := c.next(tagOctets)
		if c.failed || version[0] > 1 || len(inner) >= len(der) {
			return nil, false
		}
		return PublicOf(inner)
	}
	c.next(tagOctets) // SEC 1
	c.take(tagContext0)
	wrapped := cursor{rest: c.take(tagContext1)}
	point, _ := wrapped.next(tagBits)
	if c.failed || wrapped.failed || len(point) < 2 || point[0] != 0 {
		return nil, false
	}
	return point[1:], true
}

// Public is the certificate's public key as it stands in a private one: the modulus of RSA, or the point of a curve.
func (c *Certificate) Public() []byte {
	file := cursor{rest: c.Key}
	outer, _ := file.next(tagSequence)
	k := cursor{rest: outer}
	k.next(tagSequence)
	bits, _ := k.next(tagBits)
	if file.failed || k.failed || len(bits) < 2 {
		return nil
	}
	pair := cursor{rest: bits[1:]}
	numbers, _ := pair.next(tagSequence)
	p := cursor{rest: numbers}
	n, _ := p.next(tagInteger)
	p.next(tagInteger)
	if pair.failed || p.failed || len(pair.rest)+len(p.rest) > 0 {
		return bits[1:]
	}
	return natural(n)
}

// natural is a number without the zero that says that it is not negative.
func natural(n []byte) []byte {
	if len(n) > 1 && n[0] == 0 {
		return n[1:]
	}
	return n
}
