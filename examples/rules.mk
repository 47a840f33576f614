# Dispatches as a part of something larger: each PDF is made again when its dispatch or the template changes.
DIGLOT  = diglot
SOURCES = $(wildcard in/*.txt)

all: $(SOURCES:in/%.txt=out/%.pdf)

out/%.pdf: in/%.txt
	$(DIGLOT) -o out/ --deps $@.d $<
-include $(wildcard out/*.d)
