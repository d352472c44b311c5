#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/output_file.hpp"
#include "geo/geojson.hpp"
#include "geo/vector_file.hpp"
#include "store/export.hpp"
#include "store/features.hpp"

namespace kharita::cli {

struct ExportOptions {
    std::string database;
    std::string output;
    std::vector<std::string> layers;
    std::string format; ///< empty: by the output's name
    std::string since;  ///< a database or published folder to compare with; empty: no comparing
    bool byte_order_mark = false;
    bool dictionary = false;
    bool force = false;

    Overwrite overwrite() const noexcept { return force ? Overwrite::replace : Overwrite::refuse; }
};

/// A folder is meant where one is there, or the name ends as one.
bool is_folder(std::string const& output);

/// The form of what we write ourselves.
store::ExportFormat format_of(ExportOptions const& options);

/// Whether `--format` names a form that GDAL writes: an ending without its dot, as "gpkg".
bool is_gdal_format(std::string_view format);

/// Whether GDAL writes a file: by its ending. What we write ourselves is faster.
bool is_for_gdal(ExportOptions const& options, std::filesystem::path const& file);

/// The layers asked for; by default all of them into a folder or a GeoPackage, else the events.
std::vector<store::Layer> layers_of(ExportOptions const& options);

/// The name of a layer's file in a folder.
std::string file_name_of(ExportOptions const& options, store::Layer layer);

/// Throws UsageError where a file's name says another form than the file is to have. One without an ending (a
/// pipe, a device) says none.
void check_ending(ExportOptions const& options);

/// A file that takes features one by one and is there when all are written.
class FeatureFile {
public:
    /// Begins with a layer; of a change feed with what changed as further fields.
    FeatureFile(ExportOptions const& options, store::Layer layer, std::filesystem::path const& file);
    FeatureFile(FeatureFile const&) = delete; // m_collection writes into m_text
    FeatureFile& operator=(FeatureFile const&) = delete;
    FeatureFile(FeatureFile&&) = delete;
    FeatureFile& operator=(FeatureFile&&) = delete;
    ~FeatureFile() = default;

    /// The next layer of a file that holds several.
    void begin(store::Layer layer);
    void write(Feature const& feature);
    /// Puts the styles of layers into a GeoPackage, where QGIS looks for them; into nothing else.
    void add_styles(std::span<store::Layer const> layers);
    void commit();

private:
    ExportOptions const& m_options;
    bool m_is_table;
    bool m_takes_styles;
    std::optional<geo::VectorOutput> m_vector;
    std::optional<OutputFile> m_text;
    std::optional<geo::GeoJsonWriter> m_collection;
    std::string m_line;
};

} // namespace kharita::cli
