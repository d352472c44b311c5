#include "geo/vector_module.hpp"

#include <gdal_priv.h>

#include "ogr/source.hpp"

namespace kharita::ogr {

namespace {

class Module final : public geo::VectorModule {
public:
    Module() { GDALAllRegister(); }

    std::unique_ptr<geo::VectorSource> open(geo::VectorInput const& input) const override {
        return open_source(input);
    }
    std::unique_ptr<geo::VectorSink> create(std::string const& file,
                                            geo::VectorSchema const& schema) const override {
        return create_sink(file, schema);
    }
};

} // namespace

} // namespace kharita::ogr

extern "C" kharita::geo::VectorModule const* kharita_vector_module(int version) noexcept {
    static kharita::ogr::Module const module;
    return version == kharita::geo::vector_module_version ? &module : nullptr;
}
