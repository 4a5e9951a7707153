#!/bin/sh
# Makes the fixtures of this folder with the OpenSSL command line (3.0), an implementation that is
# not ours: for each kind of signature a CSCA, a document signer, a CRL and the signed data of an
# EF.SOD over the DG1 that is in dg1.bin. Keys are thrown away. Usage: ./make.sh
set -eu
cd "$(dirname "$0")"
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT

printf '\141\133\137\037\130P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10' > dg1.bin

security_object() { # hash
  cat > "$keys/content.cnf" <<END
asn1 = SEQUENCE:content
[content]
version = INTEGER:0
algorithm = SEQUENCE:algorithm
hashes = SEQUENCE:hashes
[algorithm]
oid = OID:$1
[hashes]
dg1 = SEQUENCE:dg1
[dg1]
number = INTEGER:1
value = FORMAT:HEX,OCTETSTRING:$(openssl dgst "-$1" -r dg1.bin | cut -d' ' -f1)
END
  openssl asn1parse -genconf "$keys/content.cnf" -noout -out "$keys/content.der"
}

make() { # name, hash, signing options; key options in $keyopts
  name=$1 hash=$2; shift 2
  # shellcheck disable=SC2086 # the options are several words
  for role in csca signer; do openssl genpkey $keyopts -out "$keys/$role.pem" 2> /dev/null; done
  cat > "$keys/ca.cnf" <<END
[ca]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[signer]
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[crl]
database = $keys/index.txt
crlnumber = $keys/number
default_md = $hash
END
  : > "$keys/index.txt"; echo 01 > "$keys/number"
  # shellcheck disable=SC2086 # as above
  openssl req -new -x509 -key "$keys/csca.pem" -subj "/C=UT/O=Specimen/CN=CSCA $name" -days 9000 \
    -extensions ca -config "$keys/req.cnf" "-$hash" $certopts -out "$keys/csca.crt"
  openssl req -new -key "$keys/signer.pem" -subj "/C=UT/O=Specimen/CN=DS $name" \
    -config "$keys/req.cnf" -out "$keys/signer.csr"
  # shellcheck disable=SC2086 # as above
  openssl x509 -req -in "$keys/signer.csr" -CA "$keys/csca.crt" -CAkey "$keys/csca.pem" -days 8000 \
    -extfile "$keys/ca.cnf" -extensions signer "-$hash" $certopts -set_serial 4660 \
    -out "$keys/signer.crt" 2> /dev/null
  # shellcheck disable=SC2086 # as above
  openssl ca -config "$keys/crl.cnf" -gencrl -keyfile "$keys/csca.pem" -cert "$keys/csca.crt" \
    -crldays 8000 -md "$hash" $certopts -out "$keys/crl.pem" 2> /dev/null
  security_object "$hash"
  openssl cms -sign -binary -nodetach -in "$keys/content.der" -econtent_type 2.23.136.1.1.1 \
    -signer "$keys/signer.crt" -inkey "$keys/signer.pem" -md "$hash" -outform DER "$@" \
    -out "$name.cms"
  openssl x509 -in "$keys/csca.crt" -outform DER -out "$name.csca"
  openssl crl -in "$keys/crl.pem" -outform DER -out "$name.crl"
}

cat > "$keys/req.cnf" <<END
[req]
distinguished_name = name
string_mask = utf8only
[name]
[ca]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
END
cat > "$keys/crl.cnf" <<END
[ca]
default_ca = own
[own]
database = $keys/index.txt
crlnumber = $keys/number
END

pss='-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32'
keyopts='-algorithm RSA -pkeyopt rsa_keygen_bits:2048' certopts='' \
  make rsa sha256
keyopts='-algorithm RSA -pkeyopt rsa_keygen_bits:1024' certopts='' \
  make rsa1024-sha1-stream sha1 -stream
keyopts='-algorithm RSA -pkeyopt rsa_keygen_bits:2048' certopts=$pss \
  make pss sha256 -keyopt rsa_padding_mode:pss
keyopts='-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1 -pkeyopt ec_param_enc:explicit' certopts='' \
  make ec-explicit-brainpool256 sha256 -stream
keyopts='-algorithm EC -pkeyopt ec_paramgen_curve:P-384 -pkeyopt ec_param_enc:explicit' certopts='' \
  make ec-explicit-p384-keyid sha384 -keyid
keyopts='-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP320r1' certopts='' \
  make ec-brainpool320 sha256
keyopts='-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP224t1' certopts='' \
  make ec-brainpool224t1 sha224
keyopts='-algorithm EC -pkeyopt ec_paramgen_curve:P-521' certopts='' \
  make ec-p521 sha512
