<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.16" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0" symbollevels="0">
   <symbols>
    <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
     <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
      <Option type="Map">
       <Option name="angle" type="QString" value="0"/>
       <Option name="color" type="QString" value="255,215,0,255"/>
       <Option name="name" type="QString" value="cross2"/>
       <Option name="outline_color" type="QString" value="120,90,0,255"/>
       <Option name="outline_style" type="QString" value="solid"/>
       <Option name="outline_width" type="QString" value="0.6"/>
       <Option name="outline_width_unit" type="QString" value="MM"/>
       <Option name="scale_method" type="QString" value="diameter"/>
       <Option name="size" type="QString" value="3"/>
       <Option name="size_unit" type="QString" value="MM"/>
      </Option>
     </layer>
    </symbol>
   </symbols>
  </renderer-v2>
  <labeling type="simple">
   <settings calloutType="simple">
    <text-style fieldName='"kind"' isExpression="1" fontFamily="Noto Sans" fontSize="8" fontSizeUnit="Point" fontWeight="50" textColor="40,40,40,255" textOpacity="1" multilineHeight="1" namedStyle="Regular">
     <families><family name="Noto Sans"/><family name="Noto Sans Arabic"/><family name="DejaVu Sans"/></families>
     <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,230" bufferOpacity="1" bufferJoinStyle="128"/>
    </text-style>
    <text-format wrapChar="" multilineAlign="1" autoWrapLength="0"/>
    <placement placement="0" dist="1.5" distUnits="MM" priority="5" centroidInside="1" fitInPolygonOnly="0"/>
    <rendering drawLabels="1" obstacle="1" displayAll="0" scaleVisibility="0" mergeLines="0"/>
   </settings>
  </labeling>
</qgis>
