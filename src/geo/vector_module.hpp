#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "geo/vector_file.hpp"

namespace kharita::geo {

// What the program and the module kharita_ogr.so agree on; others use vector_file.hpp.
// The module is compiled with the same compiler and headers, and throws our errors.

/// Raised with every change of what follows.
inline constexpr int vector_module_version = 5;

/// A vector file being read.
class VectorSource {
public:
    VectorSource() = default;
    VectorSource(VectorSource const&) = delete;
    VectorSource& operator=(VectorSource const&) = delete;
    VectorSource(VectorSource&&) = delete;
    VectorSource& operator=(VectorSource&&) = delete;
    virtual ~VectorSource() = default;

    virtual std::vector<VectorLayer> const& layers() const noexcept = 0;
    virtual void read(std::function<void(VectorRow&&)> const& use) = 0;
};

/// A vector file being written, under a name that is not yet its own.
class VectorSink {
public:
    VectorSink() = default;
    VectorSink(VectorSink const&) = delete;
    VectorSink& operator=(VectorSink const&) = delete;
    VectorSink(VectorSink&&) = delete;
    VectorSink& operator=(VectorSink&&) = delete;
    virtual ~VectorSink() = default;

    virtual void add_layer(VectorSchema const& schema) = 0;
    /// Into the last layer.
    virtual void write(Feature const& feature) = 0;
    /// Writes out what is buffered and closes the file.
    virtual void finish() = 0;
};

class VectorModule {
public:
    VectorModule() = default;
    VectorModule(VectorModule const&) = delete;
    VectorModule& operator=(VectorModule const&) = delete;
    VectorModule(VectorModule&&) = delete;
    VectorModule& operator=(VectorModule&&) = delete;
    virtual ~VectorModule() = default;

    virtual std::unique_ptr<VectorSource> open(VectorInput const& input) const = 0;
    virtual std::unique_ptr<VectorSink> create(std::string const& file, VectorSchema const& schema) const = 0;
};

/// The function `kharita_vector_module` that the module exports: a value that lives as long as the module,
/// null where the version is another.
using VectorModuleEntry = VectorModule const* (*)(int version) noexcept;

} // namespace kharita::geo
