module sslclinic

go 1.26
