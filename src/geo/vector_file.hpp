#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/output_file.hpp"
#include "model/feature.hpp"

namespace kharita::geo {

// Files in the many formats that GDAL's vector drivers know. GDAL itself is loaded with the first file opened
// or created (kharita_ogr.so), so that commands that need none of this start without it.

/// A column of a file to write.
struct VectorField {
    enum class Kind : std::uint8_t { text, whole, real, truth };
    std::string name;
    Kind kind = Kind::text;
};

/// A layer of a file: a table, perhaps with shapes.
struct VectorLayer {
    std::string name;
    std::vector<std::string> fields;      ///< in file order
    std::vector<VectorField::Kind> kinds; ///< of the fields, one by one
    bool has_shapes = true;
};

/// A row of a layer.
struct VectorRow {
    std::size_t layer = 0;    ///< index into VectorFile::layers()
    std::uint64_t number = 0; ///< of the row within its layer, counted from 1
    std::string id;           ///< the driver's own: a row number, an OSM id
    std::vector<std::string>
        values; ///< one a field, as text, days as 2019-08-03; empty where the file has none
    std::optional<Geometry> geometry; ///< in WGS 84, longitude first, whatever the file's reference system
    std::string
        problem; ///< why the row's shape cannot be used; else empty. The values are there all the same
};

/// What to open, and how.
struct VectorInput {
    std::string file;                 ///< a path, or a name that GDAL knows ("/vsizip/…")
    std::string layer;                ///< only this layer; empty: all
    std::vector<std::string> options; ///< of GDAL's driver, "NAME=VALUE"
    std::string query{};              ///< SQL, in the driver's dialect: its result is the only layer
};

/// A vector file, read from its beginning to its end. One thread at a time.
class VectorFile {
public:
    /// Throws InputError naming the file when it is missing, is of no format that GDAL knows, lacks the layer
    /// asked for, or when the module cannot be loaded.
    explicit VectorFile(VectorInput const& input);
    VectorFile(VectorFile const&) = delete;
    VectorFile& operator=(VectorFile const&) = delete;
    VectorFile(VectorFile&&) noexcept;
    VectorFile& operator=(VectorFile&&) noexcept;
    ~VectorFile();

    std::vector<VectorLayer> const& layers() const noexcept;

    /// Calls `use` for every row, in the driver's order. Rings are in the file's direction; curves are made
    /// straight lines; heights are dropped. Throws InputError when the file cannot be read on.
    void read(std::function<void(VectorRow&&)> const& use);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// A layer of a file to write.
struct VectorSchema {
    /// What every feature's geometry is, where it is the same for all.
    enum class Shape : std::uint8_t { any, point, multi_line, multi_polygon, none };
    std::string layer;
    std::vector<VectorField> fields; ///< a feature's properties are found by these names
    bool byte_order_mark = false;    ///< of CSV: for Excel
    std::string description{};       ///< for people; formats that have no room for it leave it out
    Shape shape = Shape::any;
};

/// The formats that can be written, by the ending of the file: ".gpkg .fgb .csv .xlsx …", for messages.
std::string writable_endings();
/// Whether the ending of a file is one of them.
bool is_writable(std::filesystem::path const& file) noexcept;
/// Whether a file of that ending holds several layers: .gpkg, .xlsx, .ods.
bool holds_layers(std::filesystem::path const& file) noexcept;

/// A file that appears whole or not at all, as OutputFile: without commit() nothing remains. EPSG:4326,
/// longitude first. The format follows from the ending; tables without shapes (CSV, XLSX) get none.
class VectorOutput {
public:
    /// Throws OutputError when the file exists and may not be replaced, when its ending names no format, or
    /// when it cannot be created; InputError when the module cannot be loaded.
    VectorOutput(std::filesystem::path file, VectorSchema const& schema, Overwrite overwrite);
    VectorOutput(VectorOutput const&) = delete;
    VectorOutput& operator=(VectorOutput const&) = delete;
    VectorOutput(VectorOutput&&) noexcept;
    VectorOutput& operator=(VectorOutput&&) noexcept;
    ~VectorOutput();

    /// Begins the next layer; write() adds to it from now on. Throws OutputError where the format holds one.
    void add_layer(VectorSchema const& schema);

    /// Properties that the schema does not name are left out; its fields that the feature lacks stay null.
    /// Throws OutputError (disk full).
    void write(Feature const& feature);
    void commit();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kharita::geo
